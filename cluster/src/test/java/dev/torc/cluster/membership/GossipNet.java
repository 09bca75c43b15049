package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.Formed;
import dev.torc.cluster.membership.GossipEffect.MembersChanged;
import dev.torc.cluster.membership.GossipEffect.PoliciesChanged;
import dev.torc.cluster.membership.GossipEffect.SendGossip;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.wire.GossipCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Gossipers on one thread, under one seed: a network that loses, doubles and delays, and clocks of different zero and speed. Every datagram is encoded, measured and decoded. */
final class GossipNet {
  static final int TICK_MILLIS = 100;

  final List<Node> nodes = new ArrayList<>();
  final Random random;
  double loss;
  double duplication;
  int maxDelayMillis = 5;
  int largestDatagram;
  private final PriorityQueue<Event> events = new PriorityQueue<>(
      Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final GossipConfig config;
  private long now;
  private long eventNumber;

  private record Event(long at, long number, Runnable action) {}

  /** A net whose nodes have met and become a cluster, and some time after. */
  static GossipNet formed(int seed, int nodes, long limitMillis) {
    GossipNet net = new GossipNet(seed, GossipConfig.of("c", nodes)).addAndStart(nodes);
    net.run(900);
    net.runUntilFormed(limitMillis);
    net.run(1_000);
    return net;
  }

  GossipNet(long seed, GossipConfig config) {
    this.random = new Random(seed);
    this.config = config;
  }

  final class Node {
    final Address address;
    final NodeId id = new NodeId(random.nextLong());
    final long clockZero = random.nextInt(1_000_000);
    final double clockSpeed = 0.98 + random.nextDouble() * 0.04;
    final List<GossipEffect> events = new ArrayList<>();
    List<Member> disk = List.of();
    PolicyLayers policiesOnDisk = PolicyLayers.EMPTY;
    Gossiper gossiper;
    long generation;
    boolean up;
    long run;
    int group;

    Node(int index) {
      address = new Address("host-" + index, 17_001);
    }

    void start() {
      generation++;
      run++;
      up = true;
      events.clear();
      Member self = Member.founding(id, "node-" + address.host(), generation, address.host(), 7_001, address.port(),
          "zone", "dc", 1);
      gossiper = new Gossiper(self, List.of(nodes.get(0).address, nodes.get(nodes.size() / 2).address), disk,
          policiesOnDisk, config,
          new Random(random.nextLong()));
      tick(run);
    }

    void kill() {
      up = false;
    }

    void wipe() {
      disk = List.of();
    }

    private void tick(long ofRun) {
      if (up && run == ofRun) {
        perform(gossiper.onTick(moment()));
        after(TICK_MILLIS + random.nextInt(20), () -> tick(ofRun));
      }
    }

    Moment moment() {
      return new Moment(clockZero + (long) (now * clockSpeed), now);
    }

    void perform(List<GossipEffect> effects) {
      for (GossipEffect effect : effects) {
        switch (effect) {
          case SendGossip send -> transmit(this, send);
          case MembersChanged changed -> {
            disk = changed.members();
            events.add(effect);
          }
          case PoliciesChanged changed -> {
            policiesOnDisk = changed.policies();
            events.add(effect);
          }
          default -> events.add(effect);
        }
      }
    }

    boolean formed() {
      return up && gossiper.formed() && events.contains(new Formed());
    }

    long ringDigest() {
      return Ring.of(gossiper.ringMembers(), 3).digest();
    }

    <T extends GossipEffect> List<T> saw(Class<T> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  Node add() {
    var node = new Node(nodes.size());
    nodes.add(node);
    return node;
  }

  GossipNet addAndStart(int count) {
    for (int i = 0; i < count; i++) {
      add();
    }
    nodes.forEach(node -> after(random.nextInt(800), node::start));
    return this;
  }

  long nowMillis() {
    return now;
  }

  void run(long millis) {
    long end = now + millis;
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
    now = end;
  }

  /** @return after how many milliseconds all that are up had formed */
  long runUntilFormed(long limitMillis) {
    long start = now;
    while (!nodes.stream().allMatch(node -> node.gossiper != null && (!node.up || node.formed()))) {
      assertThat(now - start).as("formed in time").isLessThan(limitMillis);
      run(100);
    }
    return now - start;
  }

  private void transmit(Node from, SendGossip send) {
    byte[] datagram = measure(send);
    for (int copies = random.nextDouble() < duplication ? 2 : 1; copies > 0; copies--) {
      if (random.nextDouble() >= loss) {
        after(1 + random.nextInt(maxDelayMillis), () -> deliver(from, send, datagram));
      }
    }
  }

  byte[] measure(SendGossip send) {
    byte[] datagram = GossipCodec.encode(send.message());
    assertThat(datagram.length).isLessThanOrEqualTo(config.maxDatagramBytes());
    largestDatagram = Math.max(largestDatagram, datagram.length);
    return datagram;
  }

  private void deliver(Node from, SendGossip send, byte[] datagram) {
    for (Node to : nodes) {
      if (to.up && to.group == from.group && to.address.equals(new Address(send.host(), send.port()))) {
        to.perform(
            to.gossiper.onGossip(GossipCodec.decode(datagram), from.address.host(), from.address.port(), to.moment()));
      }
    }
  }

  private void after(long millis, Runnable action) {
    events.add(new Event(now + millis, eventNumber++, action));
  }
}
