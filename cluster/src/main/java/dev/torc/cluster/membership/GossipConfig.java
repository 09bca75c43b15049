package dev.torc.cluster.membership;

import dev.torc.cluster.message.GossipMessage;
import java.nio.charset.StandardCharsets;

/**
 * The figures of gossip, the same on all nodes.
 *
 * @param cluster the cluster's name; nodes of other names are not heard
 * @param intervalMillis between two rounds; a heartbeat is raised at each
 * @param fanout to how many random peers a round goes
 * @param maxDatagramBytes 600 … 1,400: a longer one would be cut by Vert.x (2,048) or split on its way (1,472)
 * @param detection when a peer counts as down
 * @param maxClockSkewMillis a node whose clock is further than that from the median of its peers' stops coordinating
 * @param expect how many nodes found the cluster; 1 founds one alone, without asking anybody
 */
public record GossipConfig(String cluster, int intervalMillis, int fanout, int maxDatagramBytes,
    DetectionConfig detection,
    int expect, int maxClockSkewMillis) {

  public GossipConfig {
    require(cluster.getBytes(StandardCharsets.UTF_8).length <= GossipMessage.MAX_CLUSTER_BYTES, "cluster name",
        cluster);
    require(intervalMillis > 0, "interval", intervalMillis);
    require(fanout > 0, "fanout", fanout);
    require(maxDatagramBytes >= 600 && maxDatagramBytes <= 1_400, "datagram size", maxDatagramBytes);
    require(maxClockSkewMillis > 0, "clock skew", maxClockSkewMillis);
    require(expect > 0, "expected founders", expect);
  }

  /** Rounds of a second to 3 peers, 1,400 bytes, detection by its defaults. */
  public static GossipConfig of(String cluster, int expect) {
    return new GossipConfig(cluster, 1_000, 3, 1_400, DetectionConfig.DEFAULT, expect, 5_000);
  }

  private static void require(boolean holds, String what, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(what + ": " + value);
    }
  }
}
