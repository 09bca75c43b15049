package dev.torc.engine;

import dev.torc.cluster.storage.ReplicaStore;
import dev.torc.cluster.time.Moment;

/** When a shard looks for expired values: every 100 ms a bounded number, and while that was not enough, after each batch again. */
final class ExpirySweep {
  static final long EVERY_MILLIS = 100;
  private static final int LOOKS = 128;

  private final ReplicaStore store;
  private long dueAtMillis;

  ExpirySweep(ReplicaStore store) {
    this.store = store;
  }

  /** Whether there is more to do at once. */
  boolean onTurn(Moment now) {
    if (now.steadyMillis() < dueAtMillis) {
      return false;
    }
    if (store.sweepExpired(LOOKS, now) == LOOKS) {
      return true;
    }
    dueAtMillis = now.steadyMillis() + EVERY_MILLIS;
    return false;
  }
}
