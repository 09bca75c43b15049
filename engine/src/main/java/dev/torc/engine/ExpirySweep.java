package dev.torc.engine;

import dev.torc.cluster.storage.ReplicaStore;
import dev.torc.cluster.time.Moment;
import java.util.function.Supplier;

/**
 * When a shard looks for expired values: every 100 ms, and while that was not enough, on and on. Values that have expired read as absent anyway, so nobody waits
 * for this: as long as there are requests it takes few at a time and rests three times as long as it worked.
 */
final class ExpirySweep {
  static final long EVERY_MILLIS = 100;
  private static final int LOOKS = 128;
  private static final int LOOKS_BESIDE_REQUESTS = 64;
  private static final int REST = 3;

  private final ReplicaStore store;
  private final Supplier<Moment> time;
  private long dueAtMillis;
  private long restUntilMillis;

  ExpirySweep(ReplicaStore store, Supplier<Moment> time) {
    this.store = store;
    this.time = time;
  }

  /**
   * Whether there is more to do at once.
   *
   * @param besideRequests whether the shard has just had some
   */
  boolean onTurn(boolean besideRequests) {
    var now = time.get();
    if (now.steadyMillis() < (besideRequests ? Math.max(dueAtMillis, restUntilMillis) : dueAtMillis)) {
      return false;
    }
    int looks = besideRequests ? LOOKS_BESIDE_REQUESTS : LOOKS;
    boolean more = store.sweepExpired(looks, now) == looks;
    long ended = time.get().steadyMillis();
    restUntilMillis = ended + REST * Math.max(1, ended - now.steadyMillis());
    if (!more) {
      dueAtMillis = now.steadyMillis() + EVERY_MILLIS;
    }
    return more;
  }
}
