package dev.torc.verticles.client;

import dev.torc.cluster.message.Member;
import dev.torc.cluster.ring.NodeId;

/** How a node is named to Redis clients, who expect 40 hex digits, and where they find it. */
final class NodeNames {
  private NodeNames() {}

  static String id(NodeId node) {
    return (node.toString() + node + node).substring(0, 40);
  }

  /** An address that is bound to all interfaces means nothing elsewhere: the client knows one that works, by which it came. */
  static String host(Member member, Member self, String localHost) {
    boolean everywhere = member.host().equals("0.0.0.0") || member.host().equals("::");
    return everywhere && member.id().equals(self.id()) ? localHost : member.host();
  }
}
