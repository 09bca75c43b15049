package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.PoliciesChanged;
import dev.torc.cluster.membership.GossipEffect.SendGossip;
import dev.torc.cluster.message.GossipMessage.Policies;
import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.PolicyEntry;
import dev.torc.cluster.policy.PolicyGenerator;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.time.Hlc;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyGossipTest {
  private static final Bytes CART = Bytes.of("cart:");
  private static final Policy LATEST = new Policy(Optional.of(Conflict.LATEST), Optional.empty(), Optional.empty(),
      OptionalInt.empty(), Optional.empty());
  private static final Policy ONE = new Policy(Optional.empty(), Optional.of(Level.ONE), Optional.empty(),
      OptionalInt.of(3), Optional.empty());

  @Test
  void aChangeIsPersistedBeforeItIsToldToOthers() {
    var net = GossipNet.formed(1, 2, 10_000);
    var node = net.nodes.get(0);
    var effects = node.gossiper.onPolicy(CART, Optional.of(LATEST), node.moment());
    assertThat(effects).hasSize(2);
    assertThat(effects.get(0)).isEqualTo(new PoliciesChanged(node.gossiper.policies()));
    assertThat(((SendGossip) effects.get(1)).message()).isEqualTo(
        new Policies("c", node.gossiper.policies().changed().digest(), false,
            node.gossiper.policies().changed().entries()));
  }

  @Test
  void twoNodesAgreeWithinARoundAndThenSayNoMore() {
    for (int seed = 0; seed < 20; seed++) {
      var net = GossipNet.formed(seed, 2, 10_000);
      set(net.nodes.get(0), CART, LATEST);
      set(net.nodes.get(1), Bytes.of("a"), ONE);
      net.run(2_000);
      assertAgreed(net, 2);
      assertThat(net.nodes.get(0).gossiper.policies().whole().resolve(Bytes.of("cart:1"))).isEqualTo(LATEST);
      net.nodes.forEach(node -> node.events.clear());
      net.run(10_000);
      net.nodes.forEach(node -> assertThat(node.saw(PoliciesChanged.class)).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 30, 100})
  void aChangeReachesAllInRoundsThatGrowAsTheLogarithmThoughAFifthIsLost(int nodes) {
    var net = GossipNet.formed(nodes, nodes, 60_000);
    net.loss = 0.2;
    set(net.nodes.get(nodes / 2), CART, ONE);
    net.run((long) (2_000 + 1_000 * Math.log(nodes) / Math.log(2)));
    assertAgreed(net, 1);
  }

  @Test
  void theLastWriterWinsWhereverTheChangesWereMade() {
    for (int seed = 0; seed < 20; seed++) {
      var net = GossipNet.formed(seed, 5, 20_000);
      net.loss = 0.3;
      net.duplication = 0.2;
      net.maxDelayMillis = 1_500;
      for (int i = 0; i < 50; i++) {
        var generator = new PolicyGenerator(seed * 100L + i);
        var policy = generator.policy();
        set(net.nodes.get(net.random.nextInt(5)), generator.word(2), policy);
        net.run(net.random.nextInt(500));
      }
      net.run(20_000);
      assertAgreed(net, net.nodes.get(0).gossiper.policies().changed().entries().size());
    }
  }

  @Test
  void aNodeThatWasAwayLearnsAThousandPoliciesAndTellsItsOwn() {
    var net = GossipNet.formed(6, 3, 10_000);
    set(net.nodes.get(2), Bytes.of("own"), LATEST);
    net.nodes.get(2).group = 1;
    for (int i = 0; i < PolicyTable.MAX_ENTRIES - 2; i++) {
      set(net.nodes.get(i % 2), Bytes.of("a-prefix-of-some-length-%03d:".formatted(i)), ONE);
    }
    set(net.nodes.get(2), Bytes.of("away"), LATEST);
    net.run(5_000);
    net.nodes.get(2).group = 0;
    net.loss = 0.1;
    net.run(60_000);
    assertAgreed(net, PolicyTable.MAX_ENTRIES);
  }

  @Test
  void thousandsOfTheLongestPrefixesArriveThoughTwoFillADatagram() {
    var net = GossipNet.formed(7, 2, 10_000);
    net.nodes.get(1).kill();
    for (int i = 0; i < PolicyTable.MAX_ENTRIES; i++) {
      set(net.nodes.get(0), Bytes.of("p".repeat(252) + "%04d".formatted(i)), ONE);
    }
    net.nodes.get(1).start();
    net.run(600_000);
    assertAgreed(net, PolicyTable.MAX_ENTRIES);
  }

  @Test
  void aRestartedNodeStillKnowsAndItsNextChangeIsLater() {
    var net = GossipNet.formed(8, 1, 10_000);
    var node = net.nodes.get(0);
    set(node, CART, LATEST);
    node.kill();
    node.start();
    assertThat(node.gossiper.policies().whole().at(CART)).contains(LATEST);
    set(node, CART, ONE);
    assertThat(node.gossiper.policies().whole().at(CART)).contains(ONE.over(LATEST));
  }

  @Test
  void aStampTooFarAheadIsNotTakenUntilItsTimeComes() {
    var net = GossipNet.formed(9, 1, 10_000);
    var node = net.nodes.get(0);
    var early = new PolicyEntry(CART, Optional.of(LATEST), Hlc.atMillis(net.nowMillis() + 5_001), new NodeId(7));
    var message = new Policies("c", 7, false, List.of(early));
    assertThat(node.gossiper.onGossip(message, "h", 1, node.moment())).isEmpty();
    net.run(1);
    assertThat(node.gossiper.onGossip(message, "h", 1, node.moment()))
        .containsExactly(new PoliciesChanged(node.gossiper.policies()));
    set(node, CART, ONE);
    assertThat(node.gossiper.policies().whole().at(CART)).as("later than what was taken").contains(ONE.over(LATEST));
  }

  @Test
  void aRemovalReachesAllAndIsForgottenByAllAfterAWeek() {
    var net = GossipNet.formed(10, 3, 10_000);
    set(net.nodes.get(0), CART, LATEST);
    net.run(3_000);
    net.nodes.get(1).perform(net.nodes.get(1).gossiper.onPolicy(CART, Optional.empty(), net.nodes.get(1).moment()));
    net.run(3_000);
    assertAgreed(net, 1);
    net.nodes.forEach(node -> assertThat(node.gossiper.policies().whole().at(CART)).isEmpty());
    var node = net.nodes.get(2);
    var removal = node.gossiper.policies().changed().entries();
    var later = node.moment().plus(PolicyTable.REMOVED_KEPT_MILLIS + 1_000);
    node.gossiper.onTick(later);
    assertThat(node.gossiper.policies()).isEqualTo(PolicyLayers.EMPTY);
    assertThat(node.gossiper.onGossip(new Policies("c", 7, false, removal), "h", 1, later)).isEmpty();
  }

  @Test
  void aConfiguredPolicyThatIsRemovedStaysSo() {
    var configured = new TreeMap<Bytes, Policy>();
    configured.put(CART, LATEST);
    var net = GossipNet.formed(11, 1, 10_000);
    var node = net.nodes.get(0);
    node.policiesOnDisk = new PolicyLayers(PolicyTable.configured(configured), PolicyTable.EMPTY);
    node.start();
    assertThat(node.gossiper.policies().whole().at(CART)).contains(LATEST);
    node.gossiper.onPolicy(CART, Optional.empty(), node.moment());
    assertThat(node.gossiper.policies().whole().at(CART)).isEmpty();
    node.gossiper.onTick(node.moment().plus(2 * PolicyTable.REMOVED_KEPT_MILLIS));
    assertThat(node.gossiper.policies().whole().at(CART)).isEmpty();
  }

  @Test
  void aFullTableTakesNoOtherPrefix() {
    var net = GossipNet.formed(12, 1, 10_000);
    var node = net.nodes.get(0);
    for (int i = 0; i < PolicyTable.MAX_ENTRIES; i++) {
      set(node, Bytes.of("p" + i), LATEST);
    }
    assertThat(node.gossiper.onPolicy(CART, Optional.of(LATEST), node.moment())).isEmpty();
    assertThat(node.gossiper.onPolicy(Bytes.of("p7"), Optional.of(ONE), node.moment())).hasSize(1);
  }

  @Test
  void beforeTheClusterHasFormedThereAreNoPolicies() {
    var net = new GossipNet(13, GossipConfig.of("c", 2)).addAndStart(1);
    net.run(3_000);
    var node = net.nodes.get(0);
    var entry = new PolicyEntry(CART, Optional.of(LATEST), 1, new NodeId(7));
    assertThat(node.gossiper.onPolicy(CART, Optional.of(LATEST), node.moment())).isEmpty();
    assertThat(node.gossiper.onGossip(new Policies("c", 7, true, List.of(entry)), "h", 1, node.moment())).isEmpty();
  }

  private static void set(GossipNet.Node node, Bytes prefix, Policy policy) {
    node.perform(node.gossiper.onPolicy(prefix, Optional.of(policy), node.moment()));
  }

  private static void assertAgreed(GossipNet net, int entries) {
    var first = net.nodes.get(0).gossiper.policies();
    assertThat(first.changed().entries()).hasSize(entries);
    net.nodes.forEach(node -> {
      assertThat(node.gossiper.policies()).isEqualTo(first);
      assertThat(node.policiesOnDisk).isEqualTo(first);
    });
  }
}
