package dev.torc.cluster.sim;

import dev.torc.cluster.coordination.CoordinatorConfig;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.reaping.ReapingConfig;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import java.util.List;
import java.util.random.RandomGenerator;

/** A shell as it should be. Those that are wrong in one thing each override one method; the core knows nothing of them. */
class Mutant {
  static final Mutant NONE = new Mutant();

  /** What the coordinator draws from. */
  RandomGenerator ids(RandomGenerator random) {
    return random;
  }

  CoordinatorConfig config() {
    return SimConfig.COORDINATOR;
  }

  Request asked(SimNode node, long id, Request request) {
    return request;
  }

  /** What the coordinator wants done, and what is done; each message by itself. */
  List<Effect> effects(SimNode node, List<Effect> effects) {
    return effects;
  }

  /** A message that came, and what the coordinator is told that came. */
  List<PeerMessage.Single> received(SimNode node, PeerMessage.Single message) {
    return List.of(message);
  }

  StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
    return store.perform(List.of(step), now).getFirst();
  }

  /** What a store says that could not do a step. */
  StoreAnswer failed(StoreStep step) {
    return new StoreAnswer.Failed(StoreAnswer.Cause.DISK, "the disk fails");
  }

  void sweep(MemoryReplicaStore store, Moment now) {
    store.sweepExpired(100, now);
  }

  /** The disk may have lost something. */
  void onRolledBack(MemoryReplicaStore store) {
    store.forgetActors();
  }

  /** Whether a node hears from its peers that its disk is an older copy, and goes on as who has forgotten. */
  boolean recognisesAnOlderCopy() {
    return true;
  }

  /** The disk is an empty one, or an older copy. */
  void onForgotten(MemoryReplicaStore store) {
    store.forget(true);
  }

  /** Whether the step is on disk before it is answered, however the store is set. */
  boolean isSynced(StoreStep step) {
    return step.isSynced();
  }

  boolean answersBeforeSync() {
    return false;
  }

  long clockSkewMillis() {
    return SimConfig.SKEW_MILLIS;
  }

  /** The connection to the peer broke; before the coordinator is told so. */
  List<Effect> onPeerDown(SimNode node, int peer) {
    return List.of();
  }

  /** The figures of reaping. */
  ReapingConfig reaping(ReapingConfig config) {
    return config;
  }
}
