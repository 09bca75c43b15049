package dev.torc.cluster.sim;

import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.Key;
import dev.torc.protocol.command.Level;
import java.util.List;

/** Now and then more clients than a node takes come to it at once, and look. */
final class StormWorkload {
  private static final int CLIENTS = 3 * SimConfig.MAX_OPEN;

  private final SimCluster cluster;
  private final List<Key> keys;

  StormWorkload(SimCluster cluster, List<Key> keys) {
    this.cluster = cluster;
    this.keys = keys;
  }

  void go() {
    var kernel = cluster.kernel();
    if (cluster.config().storms()) {
      kernel.after(kernel.between(1_000, 4_000), () -> {
        if (kernel.now() < SimConfig.ACTIVE_MILLIS) {
          come((int) kernel.between(0, cluster.nodes().size() - 1));
          go();
        }
      });
    }
  }

  private void come(int node) {
    if (cluster.node(node).isUp()) {
      for (int i = 0; i < CLIENTS; i++) {
        var key = keys.get(i % keys.size());
        cluster.clients().ask(node, new Request.Read(key, Level.QUORUM), -1, false, outcome -> {});
      }
    }
  }
}
