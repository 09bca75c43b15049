package dev.torc.cluster.coordination;

import dev.torc.cluster.ring.NodeId;

/** Who waits for an answer. */
sealed interface Call {

  /** An operation of this coordinator's, from a replica. */
  record OfOperation(long id, Coordination operation, NodeId replica) implements Call {}

  /** A peer, for which this node's store works; {@code id} is the peer's. */
  record OfPeer(long origin, long id) implements Call {}
}
