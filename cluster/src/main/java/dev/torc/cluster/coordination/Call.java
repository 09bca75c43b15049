package dev.torc.cluster.coordination;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.AcceptorStep;

/** Who waits for an answer. */
sealed interface Call {

  /**
   * An operation of this coordinator's, from a replica.
   *
   * @param isForward whether the replica is to carry out a whole operation; else a step
   * @param askedAt steady milliseconds
   */
  record OfOperation(long id, Coordination operation, NodeId replica, boolean isForward, long askedAt)
      implements
        Call {}

  /** A peer's proposer, for which this node's store is an acceptor. */
  record OfProposer(long origin, long id, AcceptorStep step) implements Call {}

  /** A peer, for which this node's store works; {@code id} is the peer's. */
  record OfPeer(long origin, long id) implements Call {}

  /**
   * A peer, whose write this node's store takes in. Such steps are as short as this node's own, so they tell how quick its disk is, also while its own writes go elsewhere.
   *
   * @param askedAt steady milliseconds
   */
  record OfWriter(long origin, long id, NodeId store, long askedAt) implements Call {}
}
