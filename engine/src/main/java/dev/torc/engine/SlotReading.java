package dev.torc.engine;

import dev.torc.cluster.time.Moment;
import java.util.function.Supplier;

/**
 * When a shard reads its records anew ({@link SlotRebuild}): what is not known after an unclean stop as soon as there is nothing else to do, a little also beside requests; and
 * everything once in a while, to see whether the disk still says the same, for which nobody waits: then it rests long between pieces.
 */
final class SlotReading {
  private static final int LOOKS = 500;
  private static final int LOOKS_BESIDE_REQUESTS = 50;
  private static final int REST = 4;
  private static final long CHECK_REST_MILLIS = 20;

  private final RocksReplicaStore store;
  private final Supplier<Moment> time;
  private final long everyMillis;
  private volatile boolean wanted = true;
  private long restUntilMillis;
  private long checkAtMillis;

  SlotReading(RocksReplicaStore store, Supplier<Moment> time, long everyMillis) {
    this.store = store;
    this.time = time;
    this.everyMillis = everyMillis;
    this.checkAtMillis = time.get().steadyMillis() + everyMillis;
  }

  /** By any thread: something may be left to read, because the database was opened again or keys have another N. */
  void again() {
    wanted = true;
  }

  /** Whether there is more to do at once. */
  boolean onTurn(boolean besideRequests) {
    var now = time.get().steadyMillis();
    if (now >= checkAtMillis) {
      checkAtMillis = now + everyMillis;
      store.beginCheck();
      wanted = true;
    }
    if (!wanted || now < restUntilMillis && (besideRequests || store.isChecking())) {
      return false;
    }
    wanted = store.readOn(besideRequests ? LOOKS_BESIDE_REQUESTS : LOOKS);
    long ended = time.get().steadyMillis();
    restUntilMillis = ended + REST * Math.max(1, ended - now) + (store.isChecking() ? CHECK_REST_MILLIS : 0);
    return wanted && !store.isChecking();
  }
}
