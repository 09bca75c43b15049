package dev.torc.cluster.reaping;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.upkeep.Upkeep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Three nodes that hold every key, whose reapers talk over a perfect network in which a test may step in. */
final class ReapingNet {
  static final long NOON = 1_700_000_000_000L;
  static final ReapingConfig CONFIG = new ReapingConfig(3_600_000, 0, 60_000, 1_000, 2);

  final List<MemoryReplicaStore> stores = new ArrayList<>();
  final List<Upkeep> upkeeps = new ArrayList<>();
  /** When each node's oldest hint began; {@code MAX_VALUE}: it has none. */
  final long[] oldestHint = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
  final List<Request.Strong> buried = new ArrayList<>();
  final List<String> raised = new ArrayList<>();
  final TreeSet<Integer> silent = new TreeSet<>();
  final List<StoreStep> performed = new ArrayList<>();
  /** Told of each step before it is performed. */
  Consumer<StoreStep> before = step -> {};
  Ring ring;
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private long millis;

  ReapingNet() {
    this(CONFIG);
  }

  ReapingNet(ReapingConfig config) {
    var members = new ArrayList<RingMember>();
    for (int i = 0; i < 3; i++) {
      members.add(new RingMember(new NodeId(i + 1), i, 1, "", ""));
    }
    ring = Ring.of(members, 3);
    for (int i = 0; i < 3; i++) {
      var clock = new HybridClock(0, 5_000);
      stores.add(new MemoryReplicaStore(clock, new SplittableRandom(i)));
      upkeeps.add(
          new Upkeep(new NodeId(i + 1), clock, new SplittableRandom(i), List.of(new Reaper(config, key -> 0))));
      perform(i, upkeeps.get(i).onRing(ring, now()));
      for (int peer = 0; peer < 3; peer++) {
        if (peer != i) {
          perform(i, upkeeps.get(i).onPeerUp(new NodeId(peer + 1), now()));
        }
      }
    }
  }

  Moment now() {
    return new Moment(1_000_000 + millis, NOON + millis);
  }

  StoreAnswer at(int node, StoreStep step) {
    return stores.get(node).perform(List.of(step), now()).getFirst();
  }

  /** Lets time pass and everything that comes of it happen. */
  void pass(long forMillis) {
    millis += forMillis;
    for (int i = 0; i < 3; i++) {
      perform(i, upkeeps.get(i).onTick(now()));
    }
    while (!queue.isEmpty()) {
      queue.poll().run();
    }
  }

  void perform(int node, List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case Effect.Store store -> queue.add(() -> stored(node, store));
        case Effect.Send send -> send(node, send.to(), send.message());
        case Effect.Answer answer -> throw new AssertionError(answer);
        case Effect.Reply reply -> throw new AssertionError(reply);
        case Effect.Begin begin -> buried.add((Request.Strong) begin.request());
        case Effect.Announce announce -> {
        }
      }
    }
  }

  private void stored(int node, Effect.Store store) {
    perform(node, upkeeps.get(node).onStored(new long[] {store.ticket()}, List.of(answer(node, store.step())), now()));
  }

  private void send(int from, NodeId to, PeerMessage message) {
    if (message instanceof PeerMessage.Together together) {
      together.parts().forEach(part -> send(from, to, part));
      return;
    }
    var ask = (PeerMessage.Perform) message;
    int target = (int) to.value() - 1;
    if (!silent.contains(target)) {
      queue.add(() -> perform(from, upkeeps.get(from)
          .onPeerMessage(new PeerMessage.Performed(ask.id(), 0, answer(target, ask.step())), now())));
    }
  }

  private StoreAnswer answer(int node, StoreStep step) {
    if (step instanceof HintStep.CountKept) {
      return new HintAnswer.Tally(List.of(), oldestHint[node]);
    }
    before.accept(step);
    performed.add(step);
    return at(node, step);
  }
}
