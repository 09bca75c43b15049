package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Bundles;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Three coordinators with their stores, which hear of each other at once, until one of them dies at a chosen step. Time passes only when told to. */
final class ThreeNodes {
  static final int TIMEOUT = 1_000;
  private static final int NODES = 3;
  private static final Predicate<StoreStep> NEVER = step -> false;

  private final List<Coordinator> coordinators = new ArrayList<>();
  private final List<MemoryReplicaStore> stores = new ArrayList<>();
  private final List<NodeId> ids = new ArrayList<>();
  private final boolean[] isDead = new boolean[NODES];
  private final ArrayDeque<Runnable> events = new ArrayDeque<>();
  private final TreeMap<Long, Outcome> outcomes = new TreeMap<>();
  private final Ring ring;
  private Predicate<StoreStep> deadly = NEVER;
  private Moment now = new Moment(10_000, 1_000_000);
  private long requests;

  ThreeNodes() {
    var members = new ArrayList<RingMember>();
    for (int i = 0; i < NODES; i++) {
      ids.add(new NodeId(i + 1));
      members.add(new RingMember(ids.get(i), i, 1, "", ""));
    }
    ring = Ring.of(members, NODES);
    for (int i = 0; i < NODES; i++) {
      var random = new SplittableRandom(i);
      var config = new CoordinatorConfig(TIMEOUT, 50, 64, 100, 5_000);
      coordinators.add(new Coordinator(ids.get(i), config, new HybridClock(0, 5_000), ring, random));
      stores.add(new MemoryReplicaStore(new HybridClock(0, 5_000), random.split()));
      for (int peer = 0; peer < NODES; peer++) {
        if (peer != i) {
          coordinators.get(i).onPeerUp(new NodeId(peer + 1));
        }
      }
    }
  }

  /** The node that carries out strong operations on keys of the slot. */
  int proposer(int slot) {
    return ids.indexOf(ring.preferenceList(slot).nodes().getFirst());
  }

  MemoryReplicaStore store(int node) {
    return stores.get(node);
  }

  Coordinator coordinator(int node) {
    return coordinators.get(node);
  }

  /** The first node that wants such a step done dies of it, and nobody hears what it says from then on. */
  void dieAt(Predicate<StoreStep> step) {
    deadly = step;
  }

  boolean isDead(int node) {
    return isDead[node];
  }

  /** What comes of it, with as much time as it may take. */
  Outcome ask(int node, Request request) {
    long id = start(node, request);
    run();
    for (int i = 0; i < 3 * TIMEOUT / 10 && !outcomes.containsKey(id); i++) {
      pass(10);
    }
    return outcomes.get(id);
  }

  /** Its number, under which {@link #outcome} comes. */
  long start(int node, Request request) {
    long id = requests++;
    events.add(() -> perform(node, coordinators.get(node).onRequest(id, request, now)));
    return id;
  }

  Outcome outcome(long request) {
    return outcomes.get(request);
  }

  void pass(long millis) {
    now = now.plus(millis);
    for (int i = 0; i < NODES; i++) {
      if (!isDead[i]) {
        perform(i, coordinators.get(i).onTick(now));
      }
    }
    run();
  }

  void run() {
    while (!events.isEmpty()) {
      events.poll().run();
    }
  }

  private void perform(int node, List<Effect> effects) {
    for (var effect : Bundles.apart(effects)) {
      if (isDead[node]) {
        return;
      }
      switch (effect) {
        case Effect.Send send when send.message() instanceof PeerMessage.Perform it && deadly.test(it.step()) ->
          die(node);
        case Effect.Store store when deadly.test(store.step()) -> die(node);
        case Effect.Send send -> tell(ids.indexOf(send.to()), node, send.message());
        case Effect.Answer answer -> tell((int) answer.origin(), node, answer.message());
        case Effect.Store store -> events.add(() -> store(node, store));
        case Effect.Reply reply -> outcomes.put(reply.request(), reply.outcome());
        case Effect.Begin begin -> throw new IllegalStateException("no coordinator begins " + begin);
        case Effect.Announce announce -> {
        }
      }
    }
  }

  private void tell(int to, int from, PeerMessage message) {
    events.add(() -> {
      if (!isDead[to]) {
        perform(to, coordinators.get(to).onPeerMessage(from, message, now));
      }
    });
  }

  private void store(int node, Effect.Store store) {
    if (!isDead[node]) {
      var answer = stores.get(node).perform(List.of(store.step()), now).getFirst();
      perform(node, coordinators.get(node).onStored(store.ticket(), answer, now));
    }
  }

  private void die(int node) {
    isDead[node] = true;
    deadly = NEVER;
    for (int i = 0; i < NODES; i++) {
      int other = i;
      if (!isDead[other]) {
        events.add(() -> perform(other, coordinators.get(other).onPeerDown(ids.get(node), now)));
      }
    }
  }
}
