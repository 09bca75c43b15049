package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.FetchState;
import dev.torc.cluster.membership.GossipEffect.Formed;
import dev.torc.cluster.membership.GossipEffect.MembersChanged;
import dev.torc.cluster.membership.GossipEffect.PoliciesChanged;
import dev.torc.cluster.membership.GossipEffect.SendGossip;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.wire.GossipCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Gossipers on one thread, under one seed: a network that loses, doubles and delays, nodes that sleep, and clocks of different zero and speed. Every datagram is encoded, measured
 * and, but in the large nets, decoded.
 */
final class GossipNet {
  static final int TICK_MILLIS = 100;
  /** IPv4 and UDP. */
  static final int HEADER_BYTES = 28;

  final List<Node> nodes = new ArrayList<>();
  final Random random;
  double loss, duplication;
  int maxDelayMillis = 5, largestDatagram;
  long datagrams, datagramBytes, stateBytes;
  boolean decodes = true;
  /** Ways on which nothing arrives, from and to. */
  BiPredicate<Node, Node> cut = (from, to) -> from.group != to.group;
  /** Messages that nobody sends. */
  Predicate<SendGossip> unsent = send -> false;
  /** Whether nodes that slept are told the time in small steps, so that they cannot know. */
  boolean hidesPauses;
  private final TreeMap<String, List<Node>> byHost = new TreeMap<>();
  private final Agenda agenda = new Agenda();
  private final GossipConfig config;
  private Object lastMessage;
  private byte[] lastDatagram;

  /** A net whose nodes have met and become a cluster, and some time after. */
  static GossipNet formed(int seed, int nodes, long limitMillis) {
    GossipNet net = new GossipNet(seed, GossipConfig.of("c", nodes)).addAndStart(nodes);
    net.run(900);
    net.runUntilFormed(limitMillis);
    net.run(1_000);
    return net;
  }

  /** A net of nodes that were a cluster already before they were stopped, some time after all are back. */
  static GossipNet standing(int seed, int nodes, GossipConfig config) {
    var net = new GossipNet(seed, config);
    net.decodes = nodes < 500;
    for (int i = 0; i < nodes; i++) {
      net.add();
    }
    var entries = new ArrayList<Member>();
    net.nodes.forEach(node -> entries.add(
        node.entry().withGeneration(1).withStanding(MemberState.NORMAL, 17, entries.size())));
    net.nodes.forEach(node -> {
      node.disk = new ArrayList<>(entries);
      // Its own as it was before, so that it starts as the others know it already.
      node.disk.replaceAll(entry -> entry.id().equals(node.id) ? entry.withGeneration(0) : entry);
      net.agenda.after(net.random.nextInt(800), node::start);
    });
    net.run(10_000);
    net.nodes.forEach(node -> node.events.clear());
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
    private final List<Runnable> inbox = new ArrayList<>();
    List<Member> disk = List.of();
    PolicyLayers policiesOnDisk = PolicyLayers.EMPTY;
    Gossiper gossiper;
    long generation, life, run;
    boolean up, sleeps, diskFails;
    long suspendedMillis;
    int group, failedSaves;

    Node(Address address) {
      this.address = address;
    }

    Member entry() {
      return Member.founding(id, "node-" + address.host(), generation, address.host(), 7_001, address.port(), "zone",
          "dc", 1).inLife(life);
    }

    void start() {
      generation++;
      run++;
      up = true;
      events.clear();
      gossiper = new Gossiper(entry(), List.of(nodes.get(0).address, nodes.get(nodes.size() / 2).address), disk,
          policiesOnDisk, config, new Random(random.nextLong()));
      tick(run);
    }

    void kill() {
      up = false;
      inbox.clear();
    }

    /** Nothing happens in it for a while; then first a tick that is overdue, then what arrived. */
    void sleep(long millis) {
      sleeps = true;
      long asleep = run;
      long since = nowMillis();
      agenda.after(millis, () -> wake(asleep, since));
    }

    private void wake(long asleep, long since) {
      sleeps = false;
      if (up && run == asleep) {
        long slept = nowMillis() - since;
        for (long step = 0; hidesPauses && step < slept; step += TICK_MILLIS) {
          perform(gossiper.onTick(moment().plus(step - slept)));
        }
        perform(gossiper.onTick(moment()));
        var arrived = List.copyOf(inbox);
        inbox.clear();
        arrived.forEach(Runnable::run);
      }
    }

    private void tick(long ofRun) {
      if (up && run == ofRun) {
        if (!sleeps) {
          perform(gossiper.onTick(moment()));
        }
        agenda.after(TICK_MILLIS + random.nextInt(20), () -> tick(ofRun));
      }
    }

    Moment moment() {
      return new Moment(clockZero + (long) (nowMillis() * clockSpeed), nowMillis() + suspendedMillis);
    }

    void perform(List<GossipEffect> effects) {
      for (GossipEffect effect : effects) {
        switch (effect) {
          case MembersChanged unsaved when diskFails -> {
            failedSaves++;
            perform(gossiper.onUnsaved(effects.subList(effects.indexOf(unsaved) + 1, effects.size())));
            return;
          }
          case SendGossip send -> transmit(this, send);
          case FetchState fetch -> agenda.after(2 + random.nextInt(maxDelayMillis), () -> fetch(this, fetch));
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

    private void receive(long ofRun, Runnable arrival) {
      if (up && run == ofRun) {
        if (sleeps) {
          inbox.add(arrival);
        } else {
          arrival.run();
        }
      }
    }

    boolean formed() {
      return up && gossiper.formed() && events.contains(new Formed());
    }

    long ringDigest() {
      return Ring.of(gossiper.ringMembers(), 3).digest();
    }

    PeerHealth health(Node peer) {
      return gossiper.health(moment()).of(peer.id).orElseThrow();
    }

    <T extends GossipEffect> List<T> saw(Class<T> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  Node add() {
    return addAt(new Address("host-" + nodes.size(), 17_001));
  }

  Node addAt(Address address) {
    var node = new Node(address);
    nodes.add(node);
    byHost.computeIfAbsent(address.host(), host -> new ArrayList<>()).add(node);
    return node;
  }

  GossipNet addAndStart(int count) {
    for (int i = 0; i < count; i++) {
      add();
    }
    nodes.forEach(node -> agenda.after(random.nextInt(800), node::start));
    return this;
  }

  long nowMillis() {
    return agenda.nowMillis();
  }

  void run(long millis) {
    agenda.run(millis);
  }

  /** @return after how many milliseconds all that are up had formed */
  long runUntilFormed(long limitMillis) {
    return runUntil(limitMillis,
        () -> nodes.stream().allMatch(node -> node.gossiper != null && (!node.up || node.formed())));
  }

  /** @return after how many milliseconds it held, looked at every tenth of a second */
  long runUntil(long limitMillis, BooleanSupplier holds) {
    long start = nowMillis();
    while (!holds.getAsBoolean()) {
      assertThat(nowMillis() - start).as("in time").isLessThan(limitMillis);
      run(100);
    }
    return nowMillis() - start;
  }

  private void transmit(Node from, SendGossip send) {
    if (unsent.test(send)) {
      return;
    }
    byte[] datagram = measure(send);
    for (int copies = random.nextDouble() < duplication ? 2 : 1; copies > 0; copies--) {
      if (random.nextDouble() >= loss) {
        agenda.after(1 + random.nextInt(maxDelayMillis), () -> deliver(from, send, datagram));
      }
    }
  }

  byte[] measure(SendGossip send) {
    byte[] datagram = send.message() == lastMessage ? lastDatagram : GossipCodec.encode(send.message());
    lastMessage = send.message();
    lastDatagram = datagram;
    if (datagram.length > config.maxDatagramBytes()) {
      throw new AssertionError("a datagram of " + datagram.length + " bytes: " + send.message());
    }
    largestDatagram = Math.max(largestDatagram, datagram.length);
    datagrams++;
    datagramBytes += datagram.length + HEADER_BYTES;
    return datagram;
  }

  private void deliver(Node from, SendGossip send, byte[] datagram) {
    var message = decodes ? GossipCodec.decode(datagram) : send.message();
    for (Node to : byHost.getOrDefault(send.host(), List.of())) {
      if (to.address.port() == send.port() && !cut.test(from, to)) {
        to.receive(to.run, () -> to
            .perform(to.gossiper.onGossip(message, from.address.host(), from.address.port(), to.moment())));
      }
    }
  }

  /** TCP needs both directions. */
  private void fetch(Node by, FetchState fetch) {
    for (Node from : byHost.getOrDefault(fetch.host(), List.of())) {
      if (from.up && !from.sleeps && from.gossiper != null && !cut.test(from, by) && !cut.test(by, from)) {
        var state = from.gossiper.state();
        stateBytes += GossipCodec.encode(state).length;
        by.receive(by.run, () -> by
            .perform(by.gossiper.onGossip(state, from.address.host(), from.address.port(), by.moment())));
      }
    }
  }
}
