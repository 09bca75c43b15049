package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.NewcomerRefused;
import dev.torc.cluster.membership.GossipEffect.PeerDown;
import dev.torc.cluster.membership.GossipEffect.PeerUnreached;
import dev.torc.cluster.membership.GossipEffect.PeerUp;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.GossipMessage.Beat;
import dev.torc.cluster.message.GossipMessage.Ping;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.message.Suspicion;
import dev.torc.cluster.time.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stories of nodes that die, sleep, are cut off and come back. */
class DetectionTest {

  @Test
  void ofTwoNodesEachConvictsTheOther() {
    var net = standing(2);
    net.nodes.get(1).kill();
    net.run(10_000);
    assertThat(net.nodes.get(0).events).containsExactly(unreached(net, 1), down(net, 1));
  }

  /** The first to be heard after a pause are perhaps not those that a node misses: the network may wake later than it does. */
  @Test
  void whoSleptVotesAgainstNobodyForAWhile() {
    var net = standing(2);
    var sleeper = net.nodes.get(0);
    sleeper.sleep(6_000);
    net.run(5_900);
    net.cut = (from, to) -> true;
    net.run(10_000);
    net.cut = (from, to) -> false;
    net.run(10_000);
    assertThat(sleeper.saw(PeerUnreached.class)).hasSize(1);
    assertThat(sleeper.saw(PeerDown.class)).isEmpty();
  }

  /** The steady clock of a suspended machine stands still, so there is no gap in it. */
  @Test
  void whoseMachineWasSuspendedVotesAgainstNobodyForAWhile() {
    for (boolean isSuspended : List.of(true, false)) {
      var net = standing(2);
      var sleeper = net.nodes.get(0);
      net.cut = (from, to) -> true;
      sleeper.suspendedMillis = isSuspended ? 60_000 : 0;
      net.run(10_000);
      net.cut = (from, to) -> false;
      net.run(10_000);
      assertThat(sleeper.saw(PeerUnreached.class)).hasSize(1);
      assertThat(sleeper.saw(PeerDown.class)).hasSize(isSuspended ? 0 : 1);
    }
  }

  @Test
  void oneMonitorThatIsLeftConvictsNobodyAndEverybodyAvoidsWhomHeDoesNotReach() {
    var usual = DetectionConfig.DEFAULT;
    var config = GossipConfig.of("c", 10);
    var net = GossipNet.standing(7, 10, new GossipConfig("c", config.intervalMillis(), config.fanout(),
        config.maxDatagramBytes(), new DetectionConfig(usual.suspectAt(), usual.probeMillis(), usual.helpers(),
            usual.standMillis(), 2),
        10, config.maxClockSkewMillis()));
    var suspect = net.nodes.get(0);
    var monitors = new Monitors(suspect.id, 2);
    monitors.onMembers(net.nodes.stream().map(node -> node.id).sorted().toList());
    var lost = net.nodes.stream().filter(node -> node.id.equals(monitors.of(suspect.id).getFirst())).findFirst()
        .orElseThrow();
    lost.kill();
    net.run(30_000);
    var others = net.nodes.stream().filter(node -> node != suspect && node != lost).toList();
    others.forEach(node -> assertThat(node.saw(PeerDown.class)).containsExactly(new PeerDown(lost.id)));
    suspect.kill();
    net.run(60_000);
    for (var node : others) {
      assertThat(node.saw(PeerDown.class)).containsExactly(new PeerDown(lost.id));
      assertThat(node.gossiper.alive(suspect.id)).isFalse();
    }
  }

  @Test
  void theLastOfThreeConvictsTheFirstThatDiesAndReachesNeither() {
    var net = standing(3);
    net.nodes.get(2).kill();
    net.run(15_000);
    net.nodes.get(1).kill();
    net.run(60_000);
    var last = net.nodes.get(0);
    assertThat(last.events).containsExactly(unreached(net, 2), down(net, 2), unreached(net, 1));
    assertThat(last.gossiper.alive(net.nodes.get(1).id)).isFalse();
    assertThat(last.health(net.nodes.get(1)).suspectedBy()).containsExactly(last.id);
    net.nodes.get(1).start();
    net.run(3_000);
    assertThat(last.gossiper.alive(net.nodes.get(1).id)).isTrue();
    assertThat(last.health(net.nodes.get(1)).isSuspected()).isFalse();
  }

  @Test
  void whoIsCutOffConvictsNobodyAndIsConvicted() {
    for (int size : List.of(3, 5, 10)) {
      var net = standing(size);
      net.nodes.get(0).group = 1;
      net.run(30_000);
      assertThat(net.nodes.get(0).saw(PeerDown.class)).isEmpty();
      assertThat(net.nodes.get(0).saw(PeerUnreached.class)).hasSize(size - 1);
      net.nodes.subList(1, size).forEach(node -> assertThat(node.saw(PeerDown.class)).containsExactly(down(net, 0)));
      net.nodes.get(0).group = 0;
      net.run(5_000);
      assertThat(DetectionScaleTest.allSeeAll(net.nodes)).isTrue();
    }
  }

  @Test
  void whoHearsNobodyButIsHeardConvictsNobody() {
    var net = standing(20);
    var deaf = net.nodes.subList(0, 2);
    net.cut = (from, to) -> deaf.contains(to);
    net.run(60_000);
    assertThat(DetectionScaleTest.downs(net)).isZero();
  }

  @Test
  void twoHalvesOfALargeClusterFindEachOtherAgain() {
    var net = standing(60);
    net.nodes.subList(0, 25).forEach(node -> node.group = 1);
    net.run(60_000);
    assertThat(net.nodes.get(59).gossiper.alive(net.nodes.get(0).id)).isFalse();
    net.nodes.forEach(node -> node.group = 0);
    net.runUntil(10_000, () -> DetectionScaleTest.allSeeAll(net.nodes));
  }

  @Test
  void aDeathAfterALongAbsenceIsNoticedAsFastAsAnyOther() {
    var net = standing(5);
    net.nodes.get(4).sleep(60_000);
    net.run(70_000);
    assertThat(DetectionScaleTest.allSeeAll(net.nodes)).isTrue();
    net.nodes.forEach(node -> node.events.clear());
    assertThat(DetectionScaleTest.untilDownEverywhere(net, net.nodes.get(4))).isLessThan(10_000);
  }

  @Test
  void aLaterHeartbeatEndsAllVotes() {
    var net = standing(5);
    net.nodes.get(1).sleep(5_000);
    net.run(4_900);
    assertThat(net.nodes.get(0).health(net.nodes.get(1)).suspectedBy()).hasSizeGreaterThanOrEqualTo(2);
    net.run(1_000);
    assertThat(net.nodes.get(0).health(net.nodes.get(1)))
        .matches(health -> !health.isSuspected() && health.phi() < 8);
    assertThat(net.nodes.get(0).saw(PeerUp.class)).hasSize(1);
  }

  @Test
  void whoHearsThatItIsSuspectedSaysAtOnceThatItLives() {
    var net = standing(3);
    var accused = net.nodes.get(0);
    var self = accused.gossiper.self();
    var vote = new Suspicion(self.id(), self.generation(), self.heartbeat(), net.nodes.get(1).id);
    var sender = net.nodes.get(1).gossiper.self();
    var beat = new Beat("c", net.nowMillis(), 0, sender.digest(), List.of(vote), List.of(), List.of());
    accused.gossiper.onGossip(beat, sender.host(), sender.peerPort(), accused.moment());
    assertThat(accused.gossiper.self().heartbeat()).isEqualTo(self.heartbeat() + 1);
    assertThat(accused.gossiper.onTick(accused.moment()))
        .anyMatch(effect -> effect instanceof GossipEffect.SendGossip send && send.message() instanceof Beat);
    accused.gossiper.onGossip(beat, sender.host(), sender.peerPort(), accused.moment());
    assertThat(accused.gossiper.onTick(accused.moment())).as("the same vote again").isEmpty();
  }

  @Test
  void whoLeftIsNeitherHeardNorMissed() {
    var net = standing(3);
    var left = net.nodes.get(2);
    var farewell = entry(net, 0, left).withStanding(MemberState.LEFT, 0, Member.NO_POSITION);
    for (var node : net.nodes.subList(0, 2)) {
      node.perform(node.gossiper.onGossip(new Ack2("c", List.of(farewell)), "h", 1, node.moment()));
    }
    net.run(20_000);
    for (var node : net.nodes.subList(0, 2)) {
      assertThat(node.events).noneMatch(PeerDown.class::isInstance).noneMatch(PeerUp.class::isInstance);
      assertThat(node.gossiper.alive(left.id)).isFalse();
      assertThat(node.gossiper.members()).contains(farewell);
    }
    left.kill();
    left.start();
    net.run(10_000);
    assertThat(net.nodes.get(0).gossiper.members()).contains(farewell);
  }

  @Test
  void anAddressMayBeReusedAndNobodyAnswersForWhoLivedThere() {
    var net = standing(3);
    var dead = net.nodes.get(2);
    dead.kill();
    net.addAt(dead.address).start();
    net.run(15_000);
    for (var node : net.nodes.subList(0, 2)) {
      assertThat(node.saw(PeerDown.class)).containsExactly(new PeerDown(dead.id));
      assertThat(node.saw(NewcomerRefused.class).size()).isLessThanOrEqualTo(1);
    }
    dead.start();
    net.run(5_000);
    assertThat(net.nodes.get(0).gossiper.alive(dead.id)).isTrue();
  }

  @Test
  void aPingIsPassedOnOnceAtMost() {
    var net = standing(3);
    var helper = net.nodes.get(1);
    var ping = new Ping("c", net.nodes.get(0).id, net.nodes.get(2).id, false);
    var target = net.nodes.get(2).address;
    assertThat(helper.gossiper.onGossip(ping, "h", 1, helper.moment())).containsExactly(new GossipEffect.SendGossip(
        target.host(), target.port(), new Ping("c", ping.asker(), ping.target(), true)));
    assertThat(helper.gossiper.onGossip(new Ping("c", ping.asker(), ping.target(), true), "h", 1, helper.moment()))
        .isEmpty();
  }

  @Test
  void aNodeThatStartsIsToldAllOverTcpAndWhoIsDown() {
    var net = standing(10);
    net.nodes.get(9).kill();
    net.run(12_000);
    var restarted = net.nodes.get(3);
    restarted.kill();
    restarted.start();
    long before = net.stateBytes;
    net.run(12_000);
    assertThat(net.stateBytes).isGreaterThan(before);
    assertThat(restarted.health(net.nodes.get(9)).isDown()).isTrue();
  }

  @Test
  void aNodeThatSleptDeclaresNobodyDownOnItsFirstTick() {
    GossipNet net = standing(3);
    GossipNet.Node sleeper = net.nodes.get(1);
    sleeper.events.clear();
    Moment later = sleeper.moment().plus(30_000);
    sleeper.events.addAll(sleeper.gossiper.onTick(later));
    for (int millis = 500; millis < 2_000; millis += 500) {
      sleeper.events.addAll(sleeper.gossiper.onTick(later.plus(millis)));
    }
    assertThat(sleeper.saw(PeerUnreached.class)).isEmpty();
    for (int millis = 2_000; millis < 20_000; millis += 500) {
      sleeper.events.addAll(sleeper.gossiper.onTick(later.plus(millis)));
    }
    assertThat(sleeper.saw(PeerUnreached.class)).hasSize(2);
    assertThat(sleeper.saw(PeerDown.class)).isEmpty();
  }

  private static GossipNet standing(int size) {
    return GossipNet.standing(size, size, GossipConfig.of("c", size));
  }

  private static Member entry(GossipNet net, int at, GossipNet.Node of) {
    return net.nodes.get(at).gossiper.members().stream().filter(member -> member.id().equals(of.id)).findFirst()
        .orElseThrow();
  }

  private static PeerDown down(GossipNet net, int node) {
    return new PeerDown(net.nodes.get(node).id);
  }

  private static PeerUnreached unreached(GossipNet net, int node) {
    return new PeerUnreached(net.nodes.get(node).id);
  }
}
