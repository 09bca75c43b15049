package dev.torc.cluster.upkeep;

import dev.torc.cluster.ring.NodeId;

/**
 * One kind of background work of a node. It is single-threaded, decides all it does by what it is told here and by the answers to its errands, and never throws.
 * Chores do not know each other.
 */
public interface Chore {

  /** Time has passed; several times a second. */
  void onTick(Errands errands);

  /** The ring is another one. */
  default void onRing(Errands errands) {}

  /** A peer can be reached from now on. */
  default void onPeerUp(NodeId peer, Errands errands) {}

  /** A peer cannot be reached any more; the errands that it had have been answered with {@code LOST}. */
  default void onPeerDown(NodeId peer, Errands errands) {}
}
