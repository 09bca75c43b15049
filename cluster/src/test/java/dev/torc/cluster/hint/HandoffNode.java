package dev.torc.cluster.hint;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.upkeep.Upkeep;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** One of five nodes, with a store of its own that answers at once, which keeps hints for others. What it sends is for the test to look at and to answer. */
final class HandoffNode {
  static final long NOON = 1_700_000_000_000L;
  static final long TICK = 10;
  static final int N = 3;
  private static final StoreAnswer.Merged MERGED = new StoreAnswer.Merged(StoreAnswer.Before.NOTHING);

  /** What a peer is asked for. */
  record Sent(NodeId to, StoreStep step) {}

  private record Ask(NodeId to, long id, StoreStep step) {}

  /** Of one slot, in the order in which hints are listed. */
  final List<Key> keys = IntStream.range(0, 300).mapToObj(i -> Key.of(Bytes.of("{slot}" + i))).sorted().toList();
  final List<Effect.Event> announced = new ArrayList<>();
  Ring ring = ringOf(5);
  final List<NodeId> replicas = ring.preferenceList(keys.getFirst().slot()).nodes();
  final NodeId owner = replicas.getFirst();
  final NodeId second = replicas.get(1);
  final NodeId third = replicas.get(2);
  final NodeId self = ring.fallbacks(keys.getFirst().slot(), N).getFirst();
  final MemoryReplicaStore store = new MemoryReplicaStore(new HybridClock(0, 5_000), new SplittableRandom(1));
  private final HintLimits limits;
  private final List<Ask> asks = new ArrayList<>();
  private Upkeep upkeep;
  private int copies;
  private long millis;

  HandoffNode(HintLimits limits) {
    this.limits = limits;
    restart();
  }

  static Ring ringOf(int nodes) {
    return Ring.of(IntStream.range(1, nodes + 1).mapToObj(i -> new RingMember(new NodeId(i), i, 1, "", "")).toList(),
        N);
  }

  /** A new process on the same disk; nobody can be reached yet. */
  void restart() {
    asks.clear();
    upkeep = new Upkeep(self, new HybridClock(0, 5_000), new SplittableRandom(1),
        List.of(new HintedHandoff(limits, key -> copies, tally -> {})));
    perform(upkeep.onRing(ring, now()));
  }

  /** From now on keys have so many replicas. */
  void copies(int n) {
    copies = n;
  }

  void onRing(Ring another) {
    ring = another;
    perform(upkeep.onRing(ring, now()));
  }

  void up(NodeId... peers) {
    for (var peer : peers) {
      perform(upkeep.onPeerUp(peer, now()));
    }
  }

  void down(NodeId peer) {
    asks.removeIf(ask -> ask.to.equals(peer));
    perform(upkeep.onPeerDown(peer, now()));
  }

  Moment now() {
    return new Moment(1_000_000 + millis, NOON + millis);
  }

  void pass(long forMillis) {
    for (long end = millis + forMillis; millis < end;) {
      millis += Math.min(TICK, end - millis);
      perform(upkeep.onTick(now()));
    }
  }

  /** Until something is sent, at most so long. */
  void passUntilSent(long atMostMillis) {
    for (long end = millis + atMostMillis; millis < end && asks.isEmpty();) {
      pass(TICK);
    }
  }

  /** Keeps a value for the owner. */
  StoredRecord keep(NodeId owner, Key key, String value) {
    var record = record(value);
    at(new HintStep.Keep(owner, key, record));
    return record;
  }

  void keepFirst(int count) {
    keys.subList(0, count).forEach(key -> keep(owner, key, "v"));
  }

  StoredRecord record(String value) {
    var dot = new Dot(100 + value.hashCode(), Hlc.atMillis(NOON) + 1);
    return StoredRecord.EMPTY.update(VersionVector.EMPTY, dot, Content.of(Bytes.of(value)));
  }

  StoreAnswer at(StoreStep step) {
    return store.perform(List.of(step), now()).getFirst();
  }

  /** Of how many keys it keeps something for others. */
  long kept() {
    return ((HintAnswer.Tally) at(new HintStep.CountKept())).owners().stream().mapToLong(HintAnswer.Owed::hints).sum();
  }

  List<Sent> sent() {
    return asks.stream().map(ask -> new Sent(ask.to, ask.step)).toList();
  }

  /** What nobody answers until its time is up. */
  void ignore() {
    asks.clear();
  }

  /** All peers do what they were asked for last, and have it on disk. */
  void answer() {
    answer(sent -> sent.step() instanceof StoreStep.Merge ? MERGED : new StoreAnswer.Confirmed(true));
  }

  void answer(Function<Sent, StoreAnswer> peers) {
    var open = List.copyOf(asks);
    asks.clear();
    for (var ask : open) {
      var answer = peers.apply(new Sent(ask.to, ask.step));
      perform(upkeep.onPeerMessage(new PeerMessage.Performed(ask.id, 0, answer), now()));
    }
  }

  private void perform(List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case Effect.Store store ->
          perform(upkeep.onStored(new long[] {store.ticket()}, List.of(at(store.step())), now()));
        case Effect.Send send -> note(send.to(), send.message());
        case Effect.Announce announce -> announced.add(announce.event());
        case Effect.Answer answer -> throw new AssertionError(answer);
        case Effect.Reply reply -> throw new AssertionError(reply);
        case Effect.Begin begin -> throw new AssertionError(begin);
      }
    }
  }

  private void note(NodeId to, PeerMessage message) {
    switch (message) {
      case PeerMessage.Together together -> together.parts().forEach(part -> note(to, part));
      case PeerMessage.Perform ask -> asks.add(new Ask(to, ask.id(), ask.step()));
      case PeerMessage.Performed other -> throw new AssertionError(other);
      case PeerMessage.Forward other -> throw new AssertionError(other);
      case PeerMessage.Forwarded other -> throw new AssertionError(other);
    }
  }
}
