package dev.torc.cluster.membership;

import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.RingMember;
import java.util.List;

/** What a {@link Gossiper} asks of its shell, to be done in the order given. */
public sealed interface GossipEffect {

  /** Send one datagram. It may get lost; a failure to send it means nothing. */
  record SendGossip(String host, int port, GossipMessage message) implements GossipEffect {}

  /** Ask the node that listens there for all that it knows, over TCP, and hand on what it says. It may fail; then it is asked for again, somewhere. */
  record FetchState(String host, int port) implements GossipEffect {}

  /** Keep these entries, self among them, for the next start; synced before any later effect is performed, for a founder keeps to its word. If that is not possible: {@link Gossiper#onUnsaved}. */
  record MembersChanged(List<Member> members) implements GossipEffect {}

  /** Keep what was changed for the next start, synced before any later effect is performed, and go by these policies from now on. */
  record PoliciesChanged(PolicyLayers policies) implements GossipEffect {}

  /** The ring has other members now. */
  record RingChanged(List<RingMember> members) implements GossipEffect {}

  /** The peer was heard of for the first time, or again after it was unreached or down. */
  record PeerUp(NodeId peer) implements GossipEffect {}

  /** The peer has fallen silent, and this node reached it neither directly nor through others. It need not be dead. */
  record PeerUnreached(NodeId peer) implements GossipEffect {}

  /** Enough of the peer's monitors have said for long enough that it is dead. It stays in the ring. */
  record PeerDown(NodeId peer) implements GossipEffect {}

  /** All founders know each other, in this run or in an earlier one: the node serves from now on. */
  record Formed() implements GossipEffect {}

  /**
   * This node's clock is too far from its peers' to coordinate by, or is near enough again.
   *
   * @param behindMillis by how much the median of them is ahead of it; negative if it is ahead of them
   */
  record ClockJudged(boolean isTrusted, long behindMillis) implements GossipEffect {}

  /** This node is not and cannot become a member: print the reason, stop. Nothing follows. */
  record Refused(String reason) implements GossipEffect {}

  /**
   * Another process of this node's identity said more than this one did, so this one runs on an older copy of the node's memory, or two run at once. Stop, and begin again as who
   * has forgotten everything. Nothing follows.
   *
   * @param generation of that process, as far as is known; this one's or a later one
   */
  record Outlived(long generation) implements GossipEffect {}

  /** A node that is no member asked to be one. Once per node, for the log. */
  record NewcomerRefused(Member newcomer) implements GossipEffect {}
}
