package dev.torc.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.SlotStates;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.upkeep.Upkeep;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** A node that catches up, told what happens, and what it wants done, word by word. Its questions are numbered from {@link #FIRST}. Time stands still unless it passes. */
abstract class RecoveryTranscript {
  static final NodeId SELF = new NodeId(1);
  static final NodeId B = new NodeId(2);
  static final NodeId C = new NodeId(3);
  static final NodeId D = new NodeId(4);
  static final NodeId E = new NodeId(5);
  static final Ring TWO = ring(3, SELF, B);
  static final Ring THREE = ring(3, SELF, B, C);
  static final Ring FIVE = ring(5, SELF, B, C, D, E);
  static final Key KEY = Key.of(Bytes.of("key"));
  static final int SLOT = KEY.slot();
  static final SlotRange RANGE = new SlotRange(SLOT, SLOT);
  static final ScanPoint FROM = new ScanPoint(SLOT, 0);
  static final ScanPoint MIDDLE = new ScanPoint(SLOT, 1L << 47);
  static final long FIRST = 1_000;
  static final long TIMEOUT = 500;
  static final long REQUEST = 2_000;
  static final long SKEW = 5_000;
  static final long SETTLED = REQUEST + SKEW;
  static final long AGAIN = 1_000;
  static final long NOON = 1_700_000_000_000L;
  static final int PAGE = 100;
  static final Wholeness LACKS_RECORDS = new Wholeness(2, true, false);
  static final Wholeness LACKS_PROMISES = new Wholeness(2, false, true);

  /** What the own store knows of its slots; those that are not here are whole. */
  final TreeMap<Integer, Wholeness> slots = new TreeMap<>();
  /** Those that the store looks for in a damaged database of its own. */
  final TreeSet<Integer> awaiting = new TreeSet<>();
  final List<CatchUpState> told = new ArrayList<>();
  List<Integer> replicas = List.of(0);
  Upkeep upkeep;
  private long millis;

  private final class Slots implements SlotStates {
    @Override
    public Wholeness wholeness(int slot) {
      return slots.getOrDefault(slot, Wholeness.WHOLE);
    }

    @Override
    public boolean awaitsSalvage(int slot) {
      return awaiting.contains(slot);
    }

    @Override
    public boolean isCatchingUp() { return !slots.isEmpty(); }
  }

  static Ring ring(int replicas, NodeId... nodes) {
    return Ring.of(List.of(nodes).stream().map(id -> new RingMember(id, (int) id.value() - 1, 1, "", "")).toList(),
        replicas);
  }

  /** A process starts, and can reach these. */
  void start(Ring ring, NodeId... live) {
    var config = new CatchUpConfig(2, PAGE, TIMEOUT, REQUEST, SKEW, 1 << 20);
    var chore = new CatchUp(config, new Slots(), () -> replicas, Hlc.atMillis(NOON), told::add);
    upkeep = new Upkeep(SELF, new HybridClock(0, SKEW), () -> FIRST, List.of(chore));
    says(upkeep.onRing(ring, now()));
    for (var peer : live) {
      says(upkeep.onPeerUp(peer, now()));
    }
  }

  /** The same on a disk on which the slot is not whole; all others can be reached. */
  void start(Ring ring, Wholeness wholeness) {
    slots.put(SLOT, wholeness);
    start(ring, ring.members().stream().map(RingMember::id).filter(id -> !id.equals(SELF)).toArray(NodeId[]::new));
  }

  Moment now() {
    return new Moment(10_000 + millis, NOON + millis);
  }

  List<Effect> tick() {
    return upkeep.onTick(now());
  }

  List<Effect> tickAfter(long passed) {
    millis += passed;
    return tick();
  }

  void pass(long passed) {
    millis += passed;
  }

  /** A peer's answer to the n-th question. */
  List<Effect> answers(int n, StoreAnswer answer) {
    return upkeep.onPeerMessage(new PeerMessage.Performed(FIRST + n, 0, answer), now());
  }

  /** The own store's. */
  List<Effect> stores(int n, StoreAnswer answer) {
    return upkeep.onStored(new long[] {FIRST + n}, List.of(answer), now());
  }

  static void says(List<Effect> actual, Effect... expected) {
    assertThat(actual).containsExactly(expected);
  }

  /** The n-th question, to a peer. */
  Effect asks(NodeId to, int n, StoreStep step) {
    return new Effect.Send(to, new PeerMessage.Perform(FIRST + n, now().wallMillis() + TIMEOUT, 0, step));
  }

  static Effect store(int n, StoreStep step) {
    return new Effect.Store(FIRST + n, step);
  }

  static StoreStep records(ScanPoint from) {
    return new SlotStep.Records(RANGE, from, PAGE);
  }

  static StoreAnswer page(ScanPoint next, StoredRecord... records) {
    return new SlotAnswer.Records(
        List.of(records).stream().map(record -> new SlotAnswer.Kept(KEY.bytes(), record)).toList(), next);
  }

  static StoreAnswer last(StoredRecord... records) {
    return page(ScanPoint.END, records);
  }

  static StoreAnswer partly(StoreAnswer answer) {
    return new StoreAnswer.Partly(answer);
  }

  static StoreStep merge(StoredRecord record) {
    return new StoreStep.Merge(KEY, record);
  }

  static StoreAnswer merged() {
    return new StoreAnswer.Merged(StoreAnswer.Before.NOTHING);
  }

  static StoreAnswer accepted() {
    return new AcceptorAnswer.Accepted();
  }

  static StoreAnswer failed() {
    return new StoreAnswer.Failed(StoreAnswer.Cause.DISK, "broken");
  }

  /** The word to the own store that the slot has its records, or its promises. */
  static StoreStep complete(boolean promises) {
    return new SlotStep.Complete(SLOT, 2, promises);
  }

  static StoredRecord record(String value, long actor) {
    return StoredRecord.EMPTY.update(StoredRecord.EMPTY.version(), new Dot(actor, actor), Content.of(Bytes.of(value)));
  }
}
