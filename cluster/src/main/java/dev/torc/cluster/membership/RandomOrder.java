package dev.torc.cluster.membership;

import dev.torc.cluster.ring.NodeId;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Peers in a random order, one after another, each once before any comes again. Nobody is forgotten by bad luck, and a draw costs nothing, however many there
 * are (SWIM, section 4.3).
 */
final class RandomOrder {
  private final RandomGenerator random;
  private NodeId[] order = new NodeId[0];
  private int next;

  RandomOrder(RandomGenerator random) {
    this.random = random;
  }

  void onPeers(List<NodeId> peers) {
    order = peers.toArray(NodeId[]::new);
    next = order.length;
  }

  int size() {
    return order.length;
  }

  /** Only where there is one. */
  NodeId next() {
    if (next == order.length) {
      shuffle();
      next = 0;
    }
    return order[next++];
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      NodeId swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
  }
}
