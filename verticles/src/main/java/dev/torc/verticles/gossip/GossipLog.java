package dev.torc.verticles.gossip;

import dev.torc.cluster.membership.GossipEffect;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.ring.NodeId;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for whatever an operator would want to know of the membership. */
final class GossipLog {
  private static final Logger LOG = LoggerFactory.getLogger(GossipLog.class);

  private final Supplier<? extends Collection<Member>> members;

  GossipLog(Supplier<? extends Collection<Member>> members) {
    this.members = members;
  }

  void write(GossipEffect effect) {
    switch (effect) {
      case GossipEffect.SendGossip send -> {
      }
      case GossipEffect.FetchState fetch -> LOG.debug("asks {}:{} for all it knows", fetch.host(), fetch.port());
      case GossipEffect.MembersChanged changed -> {
      }
      case GossipEffect.PoliciesChanged changed ->
        LOG.info("policies of {} key prefixes", changed.policies().whole().said().size());
      case GossipEffect.RingChanged changed -> LOG.info("ring of {} nodes", changed.members().size());
      case GossipEffect.PeerUp up -> LOG.info("node {} is up", name(up.peer()));
      case GossipEffect.PeerUnreached silent ->
        LOG.info("node {} has fallen silent and cannot be reached", name(silent.peer()));
      case GossipEffect.PeerDown down -> LOG.info("node {} is down, as its monitors agree", name(down.peer()));
      case GossipEffect.Formed formed -> LOG.info("the cluster has formed");
      case GossipEffect.ClockJudged judged -> write(judged);
      case GossipEffect.Refused refused -> LOG.error("this node cannot join: {}", refused.reason());
      case GossipEffect.Outlived outlived ->
        LOG.warn("peers know a life of this node, of generation {}, of which its data directory knows nothing: it is an"
            + " older copy, or two processes run as this node; it begins again", outlived.generation());
      case GossipEffect.NewcomerRefused refused ->
        LOG.warn("refused {} at {}:{}: the cluster has formed, and nodes cannot be added yet",
            refused.newcomer().name(),
            refused.newcomer().host(), refused.newcomer().clientPort());
    }
  }

  private static void write(GossipEffect.ClockJudged judged) {
    if (judged.isTrusted()) {
      LOG.info("this node's clock is near its peers' again; it coordinates requests");
    } else {
      LOG.error(
          "this node's clock is {} ms behind the median of its peers'; it coordinates no requests until that is set right",
          judged.behindMillis());
    }
  }

  private String name(NodeId node) {
    return members.get().stream().filter(member -> member.id().equals(node)).map(Member::name).findFirst()
        .orElse(node.toString());
  }
}
