package dev.torc.cluster.sim;

import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;

/** Replicas that come back from a loss in a wrong way each. */
final class RecoveryMutants {
  private RecoveryMutants() {}

  /** What a replica tells that is catching up counts like what any other tells. */
  static final class CountsParts extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return super.perform(store, step, now).told();
    }
  }

  /** A replica that lost its disk goes on under the names that it had before. */
  static final class ComesBackAsItWas extends Mutant {
    @Override
    void onForgotten(MemoryReplicaStore store) {}
  }
}
