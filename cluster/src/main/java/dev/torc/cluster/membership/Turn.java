package dev.torc.cluster.membership;

import dev.torc.cluster.membership.GossipEffect.SendGossip;
import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.GossipMessage.Ping;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.ring.NodeId;
import java.util.List;
import java.util.Optional;

/** One event's time, in milliseconds that this node was awake, and what is to be done of it. */
record Turn(MemberTable table, Targets targets, GossipConfig config, long awakeMillis,
    List<GossipEffect> effects) implements Detector.Turn {

  @Override
  public void add(GossipEffect effect) {
    effects.add(effect);
  }

  void send(Address to, GossipMessage message) {
    effects.add(new SendGossip(to.host(), to.port(), message));
  }

  /** To a member; nothing if it is none. */
  void send(NodeId to, GossipMessage message) {
    Member member = table.member(to);
    if (member != null) {
      send(Targets.address(member), message);
    }
  }

  /** Directly, and through some others, at once. */
  @Override
  public void probe(NodeId peer) {
    var ping = new Ping(config.cluster(), table.self().id(), peer, false);
    send(peer, ping);
    for (NodeId helper : targets.live(config.detection().helpers(), Optional.of(peer))) {
      send(helper, ping);
    }
  }
}
