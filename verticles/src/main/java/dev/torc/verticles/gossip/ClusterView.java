package dev.torc.verticles.gossip;

import dev.torc.cluster.membership.HealthReport;
import dev.torc.cluster.membership.PeerHealth;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What this node knows of its cluster; immutable, replaced as a whole.
 *
 * @param ring empty until the cluster has formed
 * @param trustsClock whether this node's clock is near enough to the others' to coordinate
 * @param alive members that are neither down nor out of this node's own reach, this node among them, by id
 * @param health how unlikely each peer's silence is, and who suspects whom
 * @param policies what key prefixes ask for, other than the configured N and levels
 */
public record ClusterView(Member self, List<Member> members, Ring ring, List<NodeId> alive, boolean trustsClock,
    PolicyTable policies, HealthReport health) {

  /** How a member stands in this node's eyes. */
  public enum Standing {
    UP,
    /** Somebody suspects it, this node perhaps. */
    SUSPECT,
    DOWN
  }

  public boolean isFormed() { return !ring.isEmpty(); }

  public boolean isAlive(NodeId node) {
    return Collections.binarySearch(alive, node) >= 0;
  }

  public Standing standing(NodeId node) {
    var of = health.of(node);
    if (of.isPresent() && of.get().isDown()) {
      return Standing.DOWN;
    }
    return isAlive(node) && !of.map(PeerHealth::isSuspected).orElse(false) ? Standing.UP : Standing.SUSPECT;
  }

  public Optional<Member> member(NodeId node) {
    return members.stream().filter(member -> member.id().equals(node)).findFirst();
  }

  /** Its id, for one that is not known. */
  public String name(NodeId node) {
    return member(node).map(Member::name).orElse(node.toString());
  }

  /** Members that own a part of the ring, by name. */
  public List<Member> ringMembers() {
    return members.stream().filter(member -> member.state() != MemberState.LEFT)
        .sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }
}
