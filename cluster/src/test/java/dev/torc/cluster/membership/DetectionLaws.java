package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.PeerDown;
import dev.torc.cluster.membership.GossipEffect.PeerUnreached;
import dev.torc.cluster.message.GossipMessage.Beat;
import dev.torc.cluster.message.Suspicion;
import dev.torc.cluster.ring.NodeId;
import java.util.List;
import java.util.function.Consumer;

/** What must hold of detection, each in a net made to break it. A mutant is the same net with one mechanism taken out. */
enum DetectionLaws {
  /** The window. */
  WHO_SLEEPS_FOR_SECONDS_IS_NOT_CONVICTED {
    @Override
    void check(DetectionConfig detection, Consumer<GossipNet> mutation) {
      var net = net(1, 12, detection, mutation);
      for (int second = 0; second < 120; second++) {
        if (second % 10 == 0) {
          net.nodes.get(net.random.nextInt(12)).sleep(3_000);
        }
        net.run(1_000);
      }
      assertThat(downs(net)).isEmpty();
    }
  },
  /** The indirect probe. */
  WHO_IS_REACHED_THROUGH_OTHERS_IS_NOT_SUSPECTED {
    @Override
    void check(DetectionConfig detection, Consumer<GossipNet> mutation) {
      var net = net(2, 60, detection, mutation);
      var node = net.nodes.get(0);
      var monitors = new Monitors(node.id, detection.monitors());
      monitors.onMembers(net.nodes.stream().map(other -> other.id).sorted().toList());
      var parted = monitors.of(node.id).subList(0, 2);
      net.cut = (from, to) -> from == node && parted.contains(to.id) || to == node && parted.contains(from.id);
      net.run(60_000);
      assertThat(net.nodes.stream().flatMap(other -> other.saw(PeerUnreached.class).stream())).isEmpty();
    }
  },
  /** Votes of monitors only. */
  WHAT_OTHERS_THAN_MONITORS_SAY_DOES_NOT_COUNT {
    @Override
    void check(DetectionConfig detection, Consumer<GossipNet> mutation) {
      var net = net(3, 60, detection, mutation);
      var suspect = net.nodes.get(0);
      var usual = new Monitors(suspect.id, DetectionConfig.DEFAULT.monitors());
      usual.onMembers(net.nodes.stream().map(node -> node.id).sorted().toList());
      var strangers = net.nodes.stream().map(node -> node.id)
          .filter(id -> !id.equals(suspect.id) && !usual.of(suspect.id).contains(id)).limit(2).toList();
      var listener = net.nodes.stream().filter(node -> node != suspect).findFirst().orElseThrow();
      accuse(listener, suspect, strangers);
      assertThat(listener.health(suspect).suspectedBy()).isEmpty();
    }
  },
  /** Own pauses. */
  WHO_SLEPT_CONVICTS_NOBODY {
    @Override
    void check(DetectionConfig detection, Consumer<GossipNet> mutation) {
      var net = net(4, 5, detection, mutation);
      var sleeper = net.nodes.get(2);
      for (int i = 0; i < 5; i++) {
        sleeper.sleep(6_000);
        net.run(30_000);
      }
      assertThat(sleeper.events).noneMatch(PeerUnreached.class::isInstance).noneMatch(PeerDown.class::isInstance);
    }
  },
  /** One vote is none. */
  ONE_MONITOR_CONVICTS_NOBODY {
    @Override
    void check(DetectionConfig detection, Consumer<GossipNet> mutation) {
      var net = net(5, 5, detection, mutation);
      var suspect = net.nodes.get(1);
      suspect.sleep(8_000);
      var listener = net.nodes.get(0);
      // Only its own vote: the others' never arrive.
      net.cut = (from, to) -> from != listener && to == listener && from == suspect;
      net.unsent = send -> send.message() instanceof Beat beat && !beat.suspicions().isEmpty();
      net.run(7_900);
      assertThat(listener.saw(PeerDown.class)).isEmpty();
      assertThat(listener.saw(PeerUnreached.class)).hasSize(1);
    }
  };

  /** @param mutation what is done to the net once it stands */
  abstract void check(DetectionConfig detection, Consumer<GossipNet> mutation);

  private static GossipNet net(int seed, int size, DetectionConfig detection, Consumer<GossipNet> mutation) {
    var usual = GossipConfig.of("c", size);
    var net = GossipNet.standing(seed, size, new GossipConfig("c", usual.intervalMillis(), usual.fanout(),
        usual.maxDatagramBytes(), detection, size, usual.maxClockSkewMillis()));
    mutation.accept(net);
    return net;
  }

  private static List<PeerDown> downs(GossipNet net) {
    return net.nodes.stream().flatMap(node -> node.saw(PeerDown.class).stream()).toList();
  }

  /** Tells the listener that these observers suspect, at a heartbeat that it cannot refute. */
  private static void accuse(GossipNet.Node listener, GossipNet.Node suspect, List<NodeId> observers) {
    var self = suspect.gossiper.self();
    var votes = observers.stream()
        .map(observer -> new Suspicion(self.id(), self.generation(), self.heartbeat() + 1, observer)).toList();
    var sender = listener.gossiper.members().stream().filter(member -> member.id().equals(observers.getFirst()))
        .findFirst().orElseThrow();
    listener.perform(listener.gossiper.onGossip(
        new Beat("c", 0, 0, sender.digest(), votes, List.of(), List.of()), sender.host(), sender.peerPort(),
        listener.moment()));
  }
}
