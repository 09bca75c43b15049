package dev.torc.cluster.sim;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * What each node believes of the others, as its connections tell it: true after a while, as long as nothing changes. A process that is gone is noticed soon, its
 * connections break; a partition, a clogged link or a paused process is nothing but silence, and that takes its time to mean something.
 */
final class SimLinks {
  private final SimCluster cluster;
  private static final long NEVER = Long.MAX_VALUE / 2;

  private final TreeSet<Integer>[] believedUp;
  /** Since when a node hears nothing of a peer. */
  private final long[][] silentSince;

  @SuppressWarnings({"unchecked", "rawtypes"})
  SimLinks(SimCluster cluster, int nodes) {
    this.cluster = cluster;
    this.believedUp = new TreeSet[nodes];
    this.silentSince = new long[nodes][nodes];
    for (int i = 0; i < nodes; i++) {
      Arrays.fill(silentSince[i], NEVER);
      believedUp[i] = new TreeSet<>();
    }
  }

  /** A node that starts knows of no connection. */
  void forget(int node) {
    believedUp[node].clear();
    Arrays.fill(silentSince[node], NEVER);
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
    boolean isThere = cluster.node(peer).isUp();
    boolean isSilent = isSilent(node, peer);
    if (isThere && !isSilent && believedUp[node].add(peer)) {
      cluster.node(node).onPeerUp(peer);
    } else if ((!isThere || isSilent && isNoticed(node, peer)) && believedUp[node].remove(peer)) {
      cluster.node(node).onPeerDown(peer);
    }
  }

  private boolean isSilent(int node, int peer) {
    var network = cluster.network();
    boolean isSilent = !cluster.node(peer).isAwake() || network.isSilent(node, peer) || network.isSilent(peer, node);
    silentSince[node][peer] = isSilent ? Math.min(silentSince[node][peer], cluster.kernel().now()) : NEVER;
    return isSilent;
  }

  private boolean isNoticed(int node, int peer) {
    return cluster.kernel().now() - silentSince[node][peer] >= cluster.config().noticeMillis();
  }
}
