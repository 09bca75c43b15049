package dev.torc.cluster.membership;

import dev.torc.cluster.ring.NodeId;
import java.util.List;

/**
 * How a peer does in this node's eyes, for people.
 *
 * @param phi how unlikely its silence is
 * @param isDown whether enough of its monitors have said for long enough that it is
 * @param suspectedBy whose votes stand against it, and this node's own, by id
 */
public record PeerHealth(NodeId peer, double phi, boolean isDown, List<NodeId> suspectedBy) {

  public PeerHealth {
    suspectedBy = List.copyOf(suspectedBy);
  }

  public boolean isSuspected() { return isDown || !suspectedBy.isEmpty(); }
}
