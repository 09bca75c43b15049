package dev.torc.cluster.membership;

import dev.torc.cluster.membership.GossipEffect.SendGossip;
import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.GossipMessage.Ack;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.GossipMessage.Beat;
import dev.torc.cluster.message.GossipMessage.Ping;
import dev.torc.cluster.message.GossipMessage.Policies;
import dev.torc.cluster.message.GossipMessage.Pong;
import dev.torc.cluster.message.GossipMessage.State;
import dev.torc.cluster.message.GossipMessage.Syn;
import dev.torc.cluster.message.GossipMessage.Want;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is learnt from each message, and what is answered to it. */
final class Conversation {
  private final String cluster;
  private final MemberTable table;
  private final Detector detector;
  private final Composer composer;
  private final Learning learning;
  private final ClockWatch clocks;
  private final Reconciliation reconciliation = new Reconciliation();

  Conversation(String cluster, MemberTable table, Detector detector, Composer composer, Learning learning,
      ClockWatch clocks) {
    this.cluster = cluster;
    this.table = table;
    this.detector = detector;
    this.composer = composer;
    this.learning = learning;
    this.clocks = clocks;
  }

  List<GossipEffect> onMessage(GossipMessage message, Address from, long wallMillis, Turn turn) {
    return switch (message) {
      case Beat beat -> onBeat(beat, from, wallMillis, turn);
      case Syn syn -> onSyn(syn, from, wallMillis, turn);
      case Ack ack -> onAck(ack, from, turn);
      case Ack2 ack2 -> {
        learning.onEntries(ack2.entries(), turn.awakeMillis(), turn);
        yield List.of();
      }
      case Want want -> entries(want.wants(), from);
      case Ping ping -> onPing(ping, from);
      case Pong pong -> onPong(pong, turn);
      case State state -> {
        learning.onEntries(state.entries(), turn.awakeMillis(), turn);
        learning.onSuspicions(state.suspicions());
        yield List.of();
      }
      case Policies policies -> List.of();
    };
  }

  /** Votes come last: a later heartbeat in the same message refutes them. */
  private List<GossipEffect> onBeat(Beat beat, Address from, long wallMillis, Turn turn) {
    learning.onEntries(beat.entries(), turn.awakeMillis(), turn);
    watchClock(beat.sender().id(), beat.wallMillis(), wallMillis);
    var want = composer.want(beat);
    learning.onDigest(beat.sender(), turn.awakeMillis(), turn);
    learning.onDigests(beat.digests(), turn.awakeMillis(), turn);
    learning.onSuspicions(beat.suspicions());
    return want.wants().isEmpty() ? List.of() : answer(from, want);
  }

  private List<GossipEffect> onSyn(Syn syn, Address from, long wallMillis, Turn turn) {
    learning.onEntries(syn.entries(), turn.awakeMillis(), turn);
    if (!syn.entries().isEmpty()) {
      watchClock(syn.entries().getFirst().id(), syn.wallMillis(), wallMillis);
    }
    var ack = composer.ack(syn, detector.suspicions());
    learning.onDigests(syn.digests(), turn.awakeMillis(), turn);
    return answerAndFetch(answer(from, ack), syn.view(), from, turn);
  }

  /** Of those only from whom this node hears at each interval: what others said may be long ago. */
  private void watchClock(NodeId sender, long theirWallMillis, long wallMillis) {
    if (detector.isWatched(sender)) {
      clocks.observe(sender, theirWallMillis, wallMillis);
    }
  }

  private List<GossipEffect> onAck(Ack ack, Address from, Turn turn) {
    learning.onEntries(ack.entries(), turn.awakeMillis(), turn);
    learning.onDigests(ack.beats(), turn.awakeMillis(), turn);
    learning.onSuspicions(ack.suspicions());
    return answerAndFetch(entries(ack.wants(), from), ack.view(), from, turn);
  }

  private List<GossipEffect> answerAndFetch(List<GossipEffect> answers, long theirView, Address from, Turn turn) {
    var fetch = reconciliation.onView(theirView == table.view(), from.host(), from.port(), turn.awakeMillis());
    if (fetch.isEmpty()) {
      return answers;
    }
    var all = new ArrayList<>(answers);
    all.add(fetch.get());
    return all;
  }

  private List<GossipEffect> entries(List<NodeId> wants, Address from) {
    return wants.isEmpty() ? List.of() : answer(from, composer.ack2(wants));
  }

  /** Each answer tells a later heartbeat than any that the asker can know. */
  private List<GossipEffect> onPing(Ping ping, Address from) {
    Member self = table.self();
    if (ping.target().equals(self.id())) {
      table.setSelf(self.withHeartbeat(self.heartbeat() + 1));
      return answer(from, new Pong(cluster, ping.asker(), table.self().digest(), ping.isRelayed()));
    }
    return ping.isRelayed() ? List.of() : relay(ping.target(), new Ping(cluster, ping.asker(), ping.target(), true));
  }

  private List<GossipEffect> onPong(Pong pong, Turn turn) {
    learning.onDigest(pong.target(), turn.awakeMillis(), turn);
    boolean isForAnother = pong.isRelayed() && !pong.asker().equals(table.self().id());
    return isForAnother ? relay(pong.asker(), new Pong(cluster, pong.asker(), pong.target(), false)) : List.of();
  }

  private List<GossipEffect> relay(NodeId to, GossipMessage message) {
    return Optional.ofNullable(table.member(to)).map(member -> answer(Targets.address(member), message))
        .orElse(List.of());
  }

  private static List<GossipEffect> answer(Address to, GossipMessage message) {
    return List.of(new SendGossip(to.host(), to.port(), message));
  }
}
