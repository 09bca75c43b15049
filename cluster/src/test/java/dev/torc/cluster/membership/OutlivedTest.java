package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.Outlived;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node's memory that is older than what its peers heard from it. */
class OutlivedTest {

  @Test
  void whoHearsOfALaterLifeOfItsOwnSaysSoOnceAndIsSilent() {
    for (boolean isLaterGeneration : List.of(true, false)) {
      var net = GossipNet.formed(2, 1, 5_000);
      GossipNet.Node node = net.nodes.get(0);
      Member self = node.gossiper.self();
      var later = isLaterGeneration ? self.withGeneration(9) : self.withHeartbeat(self.heartbeat() + 1);
      assertThat(node.gossiper.onGossip(new Ack2("c", List.of(later)), "h", 1, node.moment()))
          .containsExactly(new Outlived(later.generation()));
      assertThat(node.gossiper.onGossip(new Ack2("c", List.of(later)), "h", 1, node.moment())).isEmpty();
      assertThat(node.gossiper.onTick(node.moment().plus(10_000))).isEmpty();
    }
  }

  @Test
  void aGenerationThatNobodyCanGoBeyondIsNotBelieved() {
    var net = GossipNet.formed(2, 1, 5_000);
    GossipNet.Node node = net.nodes.get(0);
    var impossible = new Ack2("c", List.of(node.gossiper.self().withGeneration(Long.MAX_VALUE)));
    assertThat(node.gossiper.onGossip(impossible, "h", 1, node.moment())).isEmpty();
  }

  /** Also if its generation is that of the life which the others know, as it is after one start on a copy. */
  @Test
  void anOlderCopyIsFoundOutByItsPeersWhenTheyMeet() {
    for (int seed = 0; seed < 20; seed++) {
      GossipNet net = GossipNet.formed(seed, 3, 10_000);
      GossipNet.Node node = net.nodes.get(seed % 3);
      var copy = List.copyOf(node.disk);
      long generation = node.generation;
      int lives = 1 + seed % 2;
      for (int life = 0; life < lives; life++) {
        node.kill();
        node.start();
        net.run(8_000);
      }
      node.kill();
      node.disk = copy;
      node.generation = generation;
      node.start();
      net.run(5_000);
      assertThat(node.saw(Outlived.class)).as("seed " + seed).containsExactly(new Outlived(generation + lives));
      net.nodes.stream().filter(other -> other != node)
          .forEach(other -> assertThat(other.saw(Outlived.class)).isEmpty());
    }
  }

  /** Whatever is lost, late or twice: what others say of a node is what it said itself. */
  @Test
  void nobodyIsOutlivedByItself() {
    for (int seed = 0; seed < 20; seed++) {
      var net = GossipNet.formed(seed, 5, 10_000);
      net.loss = 0.3;
      net.duplication = 0.3;
      net.maxDelayMillis = 4_000;
      for (int restart = 0; restart < 6; restart++) {
        var node = net.nodes.get(net.random.nextInt(5));
        if (net.random.nextBoolean()) {
          node.sleep(5_000);
        } else {
          node.kill();
          net.run(net.random.nextInt(8_000));
          node.start();
        }
        net.run(5_000);
        net.nodes.forEach(other -> assertThat(other.saw(Outlived.class)).isEmpty());
      }
    }
  }

  /** Its entry changes with its load, every few seconds for as long as it runs; that is one life all the same. */
  @Test
  void nobodyIsOutlivedByItselfHoweverOftenItsLoadChanges() {
    var net = GossipNet.formed(3, 3, 10_000);
    var node = net.nodes.get(0);
    for (int change = 1; change <= 300; change++) {
      node.gossiper.onLoad(new Load(change, 0, 0));
      net.run(3_500);
    }
    net.nodes.forEach(other -> assertThat(other.saw(Outlived.class)).isEmpty());
    net.nodes.forEach(other -> assertThat(other.gossiper.members())
        .filteredOn(member -> member.id().equals(node.gossiper.self().id()))
        .allSatisfy(member -> assertThat(member.load().keys()).isGreaterThan(290)));
  }

  /** Then its heartbeat is the later one, and what others know of the node is no news to it. */
  @Test
  void anOlderCopyThatRanAloneForLongerThanTheLatestLifeIsFoundOutAsWell() {
    for (int seed = 0; seed < 20; seed++) {
      GossipNet net = GossipNet.formed(seed, 3, 10_000);
      GossipNet.Node node = net.nodes.get(seed % 3);
      var copy = List.copyOf(node.disk);
      node.kill();
      node.life = 1 + seed % 2;
      node.start();
      net.run(3_000);
      node.kill();
      node.disk = copy;
      node.generation--;
      node.life = 2 - seed % 2;
      node.group = 1;
      node.start();
      net.run(30_000);
      assertThat(node.saw(Outlived.class)).isEmpty();
      node.group = 0;
      net.run(5_000);
      assertThat(node.saw(Outlived.class)).as("seed " + seed).containsExactly(new Outlived(2));
    }
  }
}
