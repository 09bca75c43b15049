package dev.torc.cluster.sim;

import dev.torc.cluster.coordination.Coordinator;
import dev.torc.cluster.effect.Bundles;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.upkeep.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A machine with a clock of its own, a disk, and while it is up one process: the real coordinator in a shell of the simulation's. */
final class SimNode {
  private static final long NOON = 1_700_000_000_000L;
  /** How far ahead of its clock a node claims readings on disk. Further than clocks may differ, and nobody would believe it after a restart. */
  private static final long LEASE_MILLIS = 2_000;

  private final SimCluster cluster;
  private final int index;
  private final NodeId id;
  private final SimDisk disk;
  private final long steadyBase;
  private final List<Runnable> backlog = new ArrayList<>();
  private long offsetMillis;
  private long greatestWallMillis;
  private long ceiling;
  private boolean up;
  private int starts;
  private boolean paused;
  private HybridClock coordinatorClock;
  private HybridClock storeClock;
  private Coordinator coordinator;
  private Upkeep upkeep;

  SimNode(SimCluster cluster, int index, NodeId id) {
    this.cluster = cluster;
    this.index = index;
    this.id = id;
    this.disk = new SimDisk(cluster, this);
    this.steadyBase = cluster.kernel().between(0, 1_000_000);
  }

  int index() {
    return index;
  }

  NodeId id() {
    return id;
  }

  SimCluster cluster() {
    return cluster;
  }

  SimDisk disk() {
    return disk;
  }

  Coordinator coordinator() {
    return coordinator;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  boolean isUp() { return up; }

  boolean isAwake() { return up && !paused; }

  Moment moment() {
    long now = cluster.kernel().now();
    return new Moment(steadyBase + now, NOON + now + offsetMillis);
  }

  void setClock(long offset) {
    offsetMillis = offset;
    note();
  }

  void start() {
    up = true;
    note();
    coordinatorClock = new HybridClock(ceiling, cluster.mutant().clockSkewMillis());
    storeClock = new HybridClock(ceiling, cluster.mutant().clockSkewMillis());
    lease();
    disk.open(storeClock);
    coordinator = new Coordinator(id, cluster.mutant().config(), coordinatorClock, cluster.ring(),
        cluster.mutant().ids(cluster.kernel().split()));
    upkeep = new Upkeep(id, coordinatorClock, cluster.kernel().stream("upkeep", starts++ * 100 + index),
        SimChores.of(cluster, disk, ceiling));
    disk.store().trees().setComplete(cluster.compares());
    perform(upkeep.onRing(cluster.ring(), moment()));
    cluster.links().forget(index);
  }

  /** The process dies, and with the power a part of what it wrote. */
  void stop(boolean powerFails) {
    up = false;
    paused = false;
    backlog.clear();
    disk.close();
    cluster.clients().onNodeDown(index);
    if (powerFails) {
      disk.losePower();
    }
  }

  void pause() {
    paused = up;
  }

  void resume() {
    paused = false;
    var waiting = List.copyOf(backlog);
    backlog.clear();
    waiting.forEach(Runnable::run);
  }

  void onRequest(long request, Request asked) {
    whenAwake(() -> turn(() -> coordinator.onRequest(request, cluster.mutant().asked(this, request, asked), moment())));
  }

  /** Requests that one command makes. */
  void onRequests(long[] requests, List<Request> asked) {
    whenAwake(() -> turn(() -> {
      var wanted = new ArrayList<Request>();
      for (int i = 0; i < requests.length; i++) {
        wanted.add(cluster.mutant().asked(this, requests[i], asked.get(i)));
      }
      return coordinator.onRequests(requests, wanted, moment());
    }));
  }

  /** A client tells the latest that it has seen. */
  void onSeen(long hlc) {
    whenAwake(() -> coordinator.onSeen(hlc, moment()));
  }

  void onArrival(SimNetwork.Envelope envelope) {
    if (up) {
      whenAwake(() -> receive(envelope));
    } else if (SimNetwork.isAsk(envelope.message()) && cluster.kernel().happens(0.5)) {
      for (var ask : SimNetwork.parts(envelope.message())) {
        cluster.kernel().after(1, () -> cluster.node(envelope.from()).onUndelivered(ask.id()));
      }
    }
  }

  void onUndelivered(long message) {
    whenAwake(() -> {
      turn(() -> coordinator.onUndelivered(message, moment()));
      turn(() -> upkeep.onUndelivered(message, moment()));
    });
  }

  void onStored(long[] tickets, List<StoreAnswer> answers) {
    whenAwake(() -> {
      turn(() -> coordinator.onStored(tickets, answers, moment()));
      turn(() -> upkeep.onStored(tickets, answers, moment()));
    });
  }

  void onPeerUp(int peer) {
    cluster.kernel().trace(() -> index + " peer up " + peer);
    coordinator.onPeerUp(cluster.node(peer).id);
    turn(() -> upkeep.onPeerUp(cluster.node(peer).id, moment()));
  }

  void onPeerDown(int peer) {
    cluster.kernel().trace(() -> index + " peer down " + peer);
    perform(cluster.mutant().onPeerDown(this, peer));
    turn(() -> coordinator.onPeerDown(cluster.node(peer).id, moment()));
    turn(() -> upkeep.onPeerDown(cluster.node(peer).id, moment()));
  }

  void tick() {
    if (isAwake()) {
      turn(() -> coordinator.onTick(moment()));
      turn(() -> upkeep.onTick(moment()));
      checkQueues();
    }
  }

  private void checkQueues() {
    int open = coordinator.open();
    int calls = coordinator.openCalls() + upkeep.open();
    cluster.violations().check(open <= SimConfig.MOST_OPEN && calls + disk.queued() <= SimConfig.MOST_CALLS,
        Invariant.QUEUES_ARE_BOUNDED, "node " + index + " has " + open + " operations and " + calls
            + " calls open and " + disk.queued() + " steps queued");
  }

  /** Once a second: what a machine does beside its work. */
  void keepHouse() {
    if (isAwake()) {
      lease();
      disk.sweep();
    }
  }

  private void lease() {
    ceiling = Math.max(ceiling, Hlc.atMillis(moment().wallMillis() + LEASE_MILLIS));
  }

  private void receive(SimNetwork.Envelope envelope) {
    long age = moment().wallMillis() - envelope.sentWallMillis();
    boolean late = age > SimConfig.COORDINATOR.timeoutMillis() + SimConfig.SKEW_MILLIS;
    var parts = new ArrayList<PeerMessage.Single>();
    for (var part : SimNetwork.parts(envelope.message())) {
      parts.addAll(cluster.mutant().received(this, part));
    }
    if (parts.isEmpty()) {
      return;
    }
    var message = parts.size() == 1 ? parts.getFirst() : new PeerMessage.Together(parts);
    cluster.kernel().trace(() -> index + " <- " + envelope.from() + " " + message);
    turn(() -> {
      var effects = coordinator.onPeerMessage(envelope.from(), message, moment());
      boolean done = SimNetwork.isAsk(message) && effects.stream().anyMatch(e -> e instanceof Effect.Store);
      cluster.violations().check(!done || !late, Invariant.LATE_IS_REFUSED, "after " + age + " ms: " + message);
      return effects;
    });
    turn(() -> upkeep.onPeerMessage(message, moment()));
  }

  private void turn(Supplier<List<Effect>> event) {
    List<Effect> effects = List.of();
    try {
      effects = event.get();
    } catch (RuntimeException thrown) {
      cluster.kernel().trace(() -> stackOf(thrown));
      cluster.violations().report(Invariant.NEVER_THROWS, thrown + " at " + thrown.getStackTrace()[0]);
    }
    perform(effects);
  }

  private static String stackOf(RuntimeException thrown) {
    return thrown + " " + List.of(thrown.getStackTrace()).subList(0, Math.min(8, thrown.getStackTrace().length));
  }

  private void perform(List<Effect> effects) {
    Bundles.of(cluster.mutant().effects(this, Bundles.apart(effects))).forEach(this::perform);
    checkClocks();
  }

  /** Also what a mutant put off. */
  void perform(Effect effect) {
    cluster.kernel().trace(() -> index + " " + effect);
    switch (effect) {
      case Effect.Send send -> cluster.network().send(this, cluster.indexOf(send.to()), send.message());
      case Effect.Answer answer -> cluster.network().send(this, (int) answer.origin(), answer.message());
      case Effect.Store store -> disk.onStore(store);
      case Effect.Reply reply -> cluster.clients().onReply(reply.request(), reply.outcome());
      case Effect.Announce announce -> cluster.count(announce.event());
      case Effect.Begin begin -> onRequest(Clients.NOBODY, begin.request());
    }
  }

  private void whenAwake(Runnable event) {
    if (paused) {
      backlog.add(event);
    } else if (up) {
      event.run();
    }
  }

  private void note() {
    greatestWallMillis = Math.max(greatestWallMillis, moment().wallMillis());
  }

  private void checkClocks() {
    note();
    long bound = Math.max(Hlc.atMillis(greatestWallMillis + SimConfig.SKEW_MILLIS + 1), ceiling);
    violations(coordinatorClock, bound);
    violations(storeClock, bound);
  }

  private void violations(HybridClock clock, long bound) {
    cluster.violations().check(clock.last() <= bound, Invariant.CLOCKS_STAY_WITHIN_SKEW,
        "node " + index + " reads " + Hlc.millis(clock.last()) + ", its machine " + greatestWallMillis);
  }
}
