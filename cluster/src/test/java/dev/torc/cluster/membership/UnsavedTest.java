package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.Formed;
import dev.torc.cluster.membership.GossipEffect.MembersChanged;
import dev.torc.cluster.membership.GossipEffect.PeerDown;
import dev.torc.cluster.membership.GossipEffect.RingChanged;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node whose disk does not keep what the members agree on. */
class UnsavedTest {

  @Test
  void aFounderThatCannotKeepItsWordDoesNotGiveItUntilItCan() {
    for (int seed = 0; seed < 20; seed++) {
      var net = new GossipNet(seed, GossipConfig.of("c", 3)).addAndStart(3);
      var node = net.nodes.get(seed % 3);
      node.diskFails = true;
      net.run(30_000);
      net.nodes.forEach(other -> assertThat(other.saw(Formed.class)).isEmpty());
      net.nodes.forEach(other -> assertThat(other.saw(RingChanged.class)).isEmpty());
      net.nodes.stream().filter(other -> other != node).forEach(other -> assertThat(other.gossiper.members())
          .noneMatch(member -> member.id().equals(node.id) && member.founders() != 0));
      node.diskFails = false;
      net.runUntilFormed(10_000);
      net.run(5_000);
      assertThat(node.saw(Formed.class)).hasSize(1);
      assertThat(node.saw(RingChanged.class)).hasSize(1);
      assertThat(net.nodes.stream().map(GossipNet.Node::ringDigest).distinct()).hasSize(1);
    }
  }

  @Test
  void whoCannotKeepANewsIsSilentTriesAtEachIntervalAndThenGoesOn() {
    var net = GossipNet.standing(3, 3, GossipConfig.of("c", 3));
    var node = net.nodes.get(0);
    var restarted = net.nodes.get(2);
    node.diskFails = true;
    restarted.kill();
    restarted.start();
    net.run(20_000);
    assertThat(node.failedSaves).isBetween(15, 22);
    assertThat(node.saw(MembersChanged.class)).isEmpty();
    for (var other : List.of(net.nodes.get(1), restarted)) {
      assertThat(other.saw(PeerDown.class)).containsExactly(new PeerDown(node.id));
    }
    node.diskFails = false;
    net.run(5_000);
    assertThat(node.disk).anyMatch(
        member -> member.id().equals(restarted.id) && member.generation() == restarted.generation);
    assertThat(DetectionScaleTest.allSeeAll(net.nodes)).isTrue();
  }
}
