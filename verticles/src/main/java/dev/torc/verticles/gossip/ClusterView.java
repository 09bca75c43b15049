package dev.torc.verticles.gossip;

import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import java.util.List;
import java.util.Optional;

/**
 * What this node knows of its cluster; immutable, replaced as a whole.
 *
 * @param ring empty until the cluster has formed
 * @param trustsClock whether this node's clock is near enough to the others' to coordinate
 * @param alive members that have been heard of lately, this node among them
 * @param policies what key prefixes ask for, other than the configured N and levels
 */
public record ClusterView(Member self, List<Member> members, Ring ring, List<NodeId> alive, boolean trustsClock,
    PolicyTable policies) {

  public boolean isFormed() { return !ring.isEmpty(); }

  public boolean isAlive(NodeId node) {
    return alive.contains(node);
  }

  public Optional<Member> member(NodeId node) {
    return members.stream().filter(member -> member.id().equals(node)).findFirst();
  }

  /** Members that own a part of the ring, by name. */
  public List<Member> ringMembers() {
    return members.stream().filter(member -> member.state() != MemberState.LEFT)
        .sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }
}
