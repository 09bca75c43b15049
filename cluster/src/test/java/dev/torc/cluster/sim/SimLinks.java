package dev.torc.cluster.sim;

import java.util.TreeSet;

/** What each node believes of the others, as its connections tell it: true after a while, as long as nothing changes. */
final class SimLinks {
  private final SimCluster cluster;
  private final TreeSet<Integer>[] believedUp;

  @SuppressWarnings({"unchecked", "rawtypes"})
  SimLinks(SimCluster cluster, int nodes) {
    this.cluster = cluster;
    this.believedUp = new TreeSet[nodes];
    for (int i = 0; i < nodes; i++) {
      believedUp[i] = new TreeSet<>();
    }
  }

  /** A node that starts knows of no connection. */
  void forget(int node) {
    believedUp[node].clear();
  }

  void look(double attention) {
    for (int node = 0; node < believedUp.length; node++) {
      for (int peer = 0; peer < believedUp.length; peer++) {
        if (node != peer && cluster.node(node).isAwake() && cluster.kernel().happens(attention)) {
          look(node, peer);
        }
      }
    }
  }

  private void look(int node, int peer) {
    var network = cluster.network();
    boolean up = cluster.node(peer).isUp() && !network.isCut(node, peer) && !network.isCut(peer, node);
    if (up && believedUp[node].add(peer)) {
      cluster.node(node).onPeerUp(peer);
    } else if (!up && believedUp[node].remove(peer)) {
      cluster.node(node).onPeerDown(peer);
    }
  }
}
