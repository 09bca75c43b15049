package dev.torc.cluster.sim;

import dev.torc.cluster.storage.MemoryReplicaStore;

/** Replicas that come back from a loss in a wrong way each. */
final class RecoveryMutants {
  private RecoveryMutants() {}

  /** A replica that lost its disk goes on under the names that it had before. */
  static final class ComesBackAsItWas extends Mutant {
    @Override
    void onForgotten(MemoryReplicaStore store) {}
  }
}
