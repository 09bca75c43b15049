package dev.torc.cluster.sim;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StepContext;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;

/** A store that takes itself for whole, always. */
record Confident(MemoryReplicaStore store, Moment now) implements StepContext {
  @Override
  public long actor(int slot) {
    return store.actor(slot);
  }

  @Override
  public long freshActor() {
    return store.freshActor();
  }

  @Override
  public long era() {
    return store.era();
  }

  @Override
  public Wholeness wholeness(int slot) {
    return Wholeness.WHOLE;
  }

  @Override
  public Ballot floor(int slot) {
    return store.floor(slot);
  }

  @Override
  public HybridClock clock() {
    return store.clock();
  }
}
