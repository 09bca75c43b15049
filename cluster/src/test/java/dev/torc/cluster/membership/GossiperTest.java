package dev.torc.cluster.membership;

import static dev.torc.cluster.membership.GossipNet.formed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.Formed;
import dev.torc.cluster.membership.GossipEffect.MembersChanged;
import dev.torc.cluster.membership.GossipEffect.NewcomerRefused;
import dev.torc.cluster.membership.GossipEffect.PeerDown;
import dev.torc.cluster.membership.GossipEffect.PeerUnreached;
import dev.torc.cluster.membership.GossipEffect.PeerUp;
import dev.torc.cluster.membership.GossipEffect.Refused;
import dev.torc.cluster.membership.GossipEffect.RingChanged;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.time.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GossiperTest {

  @Test
  void oneNodeThatExpectsNobodyServesAtItsFirstTick() {
    GossipNet net = new GossipNet(1, GossipConfig.of("c", 1)).addAndStart(1);
    net.run(1_000);
    assertThat(net.nodes.get(0).events).hasSize(3).hasOnlyElementsOfTypes(MembersChanged.class, RingChanged.class,
        Formed.class);
    assertThat(net.nodes.get(0).gossiper.ringMembers()).hasSize(1);
  }

  @Test
  void threeNodesFormOneRing() {
    for (int seed = 0; seed < 50; seed++) {
      GossipNet net = formed(seed, 3, 10_000);
      assertOneRing(net, 3);
      assertThat(net.nodes.get(0).gossiper.members().stream().map(Member::position).sorted()).containsExactly(0, 1, 2);
    }
  }

  @Test
  void theyFormWithLossDuplicationAndDelay() {
    for (int seed = 0; seed < 50; seed++) {
      var net = new GossipNet(seed, GossipConfig.of("c", 5));
      net.loss = 0.1;
      net.duplication = 0.1;
      net.maxDelayMillis = 1_500;
      net.addAndStart(5);
      net.runUntilFormed(40_000);
      assertOneRing(net, 5);
    }
  }

  @Test
  void nobodyServesBeforeAllFoundersAreThere() {
    var net = new GossipNet(3, GossipConfig.of("c", 3)).addAndStart(2);
    net.run(60_000);
    net.nodes.forEach(node -> assertThat(node.events).hasOnlyElementsOfType(PeerUp.class));
    net.add().start();
    net.runUntilFormed(10_000);
    assertOneRing(net, 3);
  }

  @Test
  void aRestartedNodeKnowsTheRingAtOnceAndComesBackAsItself() {
    for (int seed = 0; seed < 20; seed++) {
      GossipNet net = formed(seed, 3, 10_000);
      GossipNet.Node node = net.nodes.get(seed % 3);
      long digest = node.ringDigest();
      node.kill();
      net.run(seed % 2 == 0 ? 500 : 20_000);
      node.start();
      assertThat(node.events).contains(new Formed());
      assertThat(node.ringDigest()).isEqualTo(net.nodes.get(0).ringDigest());
      net.run(8_000);
      net.nodes.forEach(other -> {
        assertThat(other.ringDigest()).isEqualTo(net.nodes.get(0).ringDigest());
        assertThat(other.gossiper.alive(node.id)).isTrue();
        assertThat(other.disk).anyMatch(member -> member.id().equals(node.id) && member.generation() == 2);
        assertThat(other.saw(Refused.class)).isEmpty();
      });
    }
  }

  @Test
  void foundersThatCrashWhileFoundingStillFormOneRing() {
    for (int seed = 0; seed < 100; seed++) {
      var net = new GossipNet(seed, GossipConfig.of("c", 3));
      net.loss = 0.3;
      net.addAndStart(3);
      net.run(1_000);
      for (int crash = 0; crash < 10; crash++) {
        GossipNet.Node node = net.nodes.get(net.random.nextInt(3));
        node.kill();
        net.run(net.random.nextInt(700));
        node.start();
        net.run(net.random.nextInt(700));
      }
      net.runUntilFormed(60_000);
      assertOneRing(net, 3);
    }
  }

  @Test
  void aLateNewcomerIsRefusedOnBothSidesAndTheRingStays() {
    for (int seed = 0; seed < 20; seed++) {
      GossipNet net = formed(seed, 3, 10_000);
      GossipNet.Node late = net.add();
      late.start();
      net.run(20_000);
      assertThat(late.saw(Refused.class)).singleElement().extracting(Refused::reason).asString()
          .contains("the cluster runs already");
      assertThat(late.saw(Formed.class)).isEmpty();
      int reports = 0;
      for (GossipNet.Node node : net.nodes.subList(0, 3)) {
        assertThat(node.ringDigest()).isEqualTo(net.nodes.get(0).ringDigest());
        assertThat(node.gossiper.members()).hasSize(3);
        assertThat(node.saw(NewcomerRefused.class).size()).isLessThanOrEqualTo(1);
        reports += node.saw(NewcomerRefused.class).size();
      }
      assertThat(reports).isPositive();
    }
  }

  @Test
  void aNodeThatLostItsMemoryButNotItsIdDoesNotLeaveTheRing() {
    GossipNet net = formed(4, 3, 10_000);
    GossipNet.Node node = net.nodes.get(1);
    long digest = node.ringDigest();
    node.kill();
    node.disk = List.of();
    node.start();
    net.run(10_000);
    assertThat(node.saw(Refused.class)).hasSize(1);
    assertThat(net.nodes.get(0).ringDigest()).isEqualTo(digest).isEqualTo(net.nodes.get(2).ringDigest());
  }

  /** More founders than expected, with a network so bad that different sets can meet: some may refuse, but never do two rings exist. */
  @Test
  void overlappingSetsOfFoundersNeverFormTwoRings() {
    int refusals = 0;
    for (int seed = 0; seed < 200; seed++) {
      var net = new GossipNet(seed, GossipConfig.of("c", 3));
      net.loss = 0.4;
      net.addAndStart(4);
      net.run(60_000);
      assertThat(
          net.nodes.stream().filter(node -> node.gossiper.formed()).map(GossipNet.Node::ringDigest).distinct().count())
          .isLessThanOrEqualTo(1);
      refusals += net.nodes.stream().mapToInt(node -> node.saw(Refused.class).size()).sum();
    }
    assertThat(refusals).isPositive();
  }

  @Test
  void aDeadNodeIsReportedDownOnceAndUpAgainWhenItIsBack() {
    for (int seed = 0; seed < 20; seed++) {
      GossipNet net = formed(seed, 3, 10_000);
      GossipNet.Node dead = net.nodes.get(2);
      net.run(5_000);
      net.nodes.forEach(node -> node.events.clear());
      dead.kill();
      net.run(10_000);
      for (GossipNet.Node node : net.nodes.subList(0, 2)) {
        assertThat(node.events).containsExactly(new PeerUnreached(dead.id), new PeerDown(dead.id));
        assertThat(node.gossiper.alive(dead.id)).isFalse();
      }
      dead.start();
      net.run(5_000);
      for (GossipNet.Node node : net.nodes.subList(0, 2)) {
        assertThat(node.events).contains(new PeerUp(dead.id)).doesNotHaveDuplicates();
        assertThat(node.gossiper.alive(dead.id)).isTrue();
      }
    }
  }

  @Test
  void aPartitionHeals() {
    GossipNet net = formed(9, 5, 20_000);
    net.nodes.get(0).group = 1;
    net.nodes.get(1).group = 1;
    net.run(30_000);
    assertThat(net.nodes.get(0).gossiper.alive(net.nodes.get(4).id)).isFalse();
    assertThat(net.nodes.get(0).gossiper.alive(net.nodes.get(1).id)).isTrue();
    net.nodes.forEach(node -> node.group = 0);
    net.run(15_000);
    net.nodes.forEach(a -> net.nodes.forEach(b -> assertThat(a.gossiper.alive(b.id)).isTrue()));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 30, 100})
  void theyAgreeInRoundsThatGrowAsTheLogarithm(int nodes) {
    GossipNet net = new GossipNet(nodes, GossipConfig.of("c", nodes));
    net.loss = 0.05;
    net.addAndStart(nodes);
    long millis = net.runUntilFormed(60_000);
    assertOneRing(net, nodes);
    assertThat(millis / 1_000.0).isLessThan(5 + 3 * Math.log(nodes) / Math.log(2));
    net.run(20_000);
    net.nodes.forEach(node -> node.events.clear());
    net.nodes.get(nodes / 2).gossiper.onLoad(new Load(42, 1, 1));
    net.run(60_000);
    net.nodes.forEach(node -> {
      assertThat(node.events).as("nobody falls silent, and heartbeats and load persist nothing").isEmpty();
      assertThat(node.gossiper.members()).anyMatch(member -> member.load().keys() == 42);
    });
  }

  @Test
  void noDatagramIsTooLongWithAThousandMembersOfLongNames() {
    var members = new ArrayList<Member>();
    for (int i = 0; i < 1_000; i++) {
      members.add(Member
          .founding(new NodeId(i), "ü".repeat(32), Long.MAX_VALUE / 4 - i, "h".repeat(255), 65_535, 65_535,
              "z".repeat(64), "d".repeat(64), 64)
          .withLoad(new Load(-1, -1, -1)));
    }
    var net = new GossipNet(1, GossipConfig.of("c".repeat(64), 1_000));
    var a = new Gossiper(members.get(0), List.of(new Address("b", 1)), members.subList(0, 500), PolicyLayers.EMPTY,
        GossipConfig.of("c".repeat(64), 1_001), new Random(1));
    var b = new Gossiper(members.get(999), List.of(new Address("a", 1)), members.subList(500, 1_000),
        PolicyLayers.EMPTY, GossipConfig.of("c".repeat(64), 1_001), new Random(2));
    GossipNet.Node first = net.add();
    GossipNet.Node second = net.add();
    first.gossiper = a;
    second.gossiper = b;
    exchange(net, first, second);
    assertThat(net.largestDatagram).isGreaterThan(1_000);
    assertThat(a.members().size()).isGreaterThan(520);
  }

  private static void exchange(GossipNet net, GossipNet.Node first, GossipNet.Node second) {
    for (int round = 0; round < 30; round++) {
      for (GossipNet.Node node : List.of(first, second)) {
        GossipNet.Node other = node == first ? second : first;
        var effects = new ArrayList<>(node.gossiper.onTick(new Moment(round * 1_000L, 0)));
        for (int leg = 0; !effects.isEmpty(); leg++) {
          var answers = new ArrayList<GossipEffect>();
          GossipNet.Node receiver = leg % 2 == 0 ? other : node;
          for (GossipEffect effect : effects) {
            if (effect instanceof GossipEffect.SendGossip send) {
              net.measure(send);
              answers.addAll(receiver.gossiper.onGossip(send.message(), "x", 1, new Moment(round * 1_000L, 0)));
            }
          }
          effects = answers;
        }
      }
    }
  }

  @Test
  void anotherClustersGossipIsNotHeard() {
    var net = formed(2, 1, 5_000);
    GossipNet.Node node = net.nodes.get(0);
    Member stranger = Member.founding(new NodeId(7), "x", 1, "h", 1, 1, "", "", 1);
    assertThat(node.gossiper.onGossip(new Ack2("other", List.of(stranger)), "h", 1, node.moment())).isEmpty();
    assertThat(node.gossiper.onGossip(new Ack2("c", List.of(stranger)), "h", 1, node.moment()))
        .containsExactly(new NewcomerRefused(stranger));
    assertThat(node.gossiper.onGossip(new Ack2("c", List.of(stranger)), "h", 1, node.moment())).isEmpty();
  }

  private static void assertOneRing(GossipNet net, int members) {
    for (GossipNet.Node node : net.nodes) {
      assertThat(node.gossiper.ringMembers()).hasSize(members);
      assertThat(node.ringDigest()).isEqualTo(net.nodes.get(0).ringDigest());
    }
  }
}
