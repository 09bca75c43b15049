package dev.torc.cluster.storage;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** The port in memory: what the simulation runs on, and the model that the store on disk is compared with. Forgets nothing unless told to. */
public final class MemoryReplicaStore implements ReplicaStore, StepContext, SlotStates {
  /** How many records one scan looks at before it gives a short page. */
  public static final int SCAN_LOOKS = 1_000;

  private final TreeMap<Key, StoredRecord> records = new TreeMap<>();
  private final TreeMap<Integer, Long> actors = new TreeMap<>();
  private final TreeMap<Key, AcceptorState> acceptors = new TreeMap<>();
  private final MemoryHints hints = new MemoryHints();
  private final MemoryTrees trees = new MemoryTrees();
  private final MemorySlots slots = new MemorySlots();
  private long era = FIRST_ERA;
  private final HybridClock clock;
  private final RandomGenerator actorIds;
  private Moment now = new Moment(0, 0);

  public MemoryReplicaStore(HybridClock clock, RandomGenerator actorIds) {
    this.clock = clock;
    this.actorIds = actorIds;
  }

  /** The records themselves, for a test to look at or to roll back. */
  public TreeMap<Key, StoredRecord> records() {
    return records;
  }

  /** Who stamps in each slot so far, for a test to carry over to the store of the next process. */
  public TreeMap<Integer, Long> actors() {
    return actors;
  }

  /** What it remembers as an acceptor, likewise. */
  public TreeMap<Key, AcceptorState> acceptors() {
    return acceptors;
  }

  /** What it holds for others, likewise. */
  public MemoryHints hints() {
    return hints;
  }

  /** Kept with each step, as those of the store on disk are. */
  public MemoryTrees trees() {
    return trees;
  }

  /** As after anything that may have lost a write: from now on new actors stamp, and every slot is catching up. */
  public void forgetActors() {
    forget(false);
  }

  /** @param promises whether promises may be lost too */
  public void forget(boolean promises) {
    actors.clear();
    era++;
    slots.forget(era, promises);
  }

  /** Only these slots are ever taken for such as may have lost something: what a test does not use need not catch up. */
  public void concern(Collection<Integer> used) {
    slots.concern(used);
  }

  /** On another disk: its content, whatever this one held; in an era that is no earlier, since somebody may remember it. */
  public void becomes(MemoryReplicaStore disk) {
    long before = era;
    records.clear();
    actors.clear();
    acceptors.clear();
    slots.clear();
    continueFrom(disk);
    era = Math.max(before, era);
  }

  /** As the store of the next process on the same disk. */
  public void continueFrom(MemoryReplicaStore former) {
    records.putAll(former.records);
    trees.rebuild(records);
    actors.putAll(former.actors);
    acceptors.putAll(former.acceptors);
    hints.continueFrom(former.hints);
    slots.continueFrom(former.slots);
    era = former.era;
  }

  @Override
  public long era() {
    return era;
  }

  @Override
  public Wholeness wholeness(int slot) {
    return slots.wholeness(slot);
  }

  @Override
  public boolean isCatchingUp() { return slots.isCatchingUp(); }

  @Override
  public Ballot floor(int slot) {
    return slots.floor(slot);
  }

  @Override
  public List<StoreAnswer> perform(List<StoreStep> steps, Moment at) {
    now = at;
    var answers = new ArrayList<StoreAnswer>(steps.size());
    for (var step : steps) {
      answers.add(switch (step) {
        case StoreStep.OnKey onKey -> apply(onKey);
        case AcceptorStep acceptor -> judge(acceptor);
        case HintStep.TellMissed told -> trees.onMissed();
        case HintStep hint -> hints.perform(hint, this);
        case ReapStep reap -> reap(reap);
        case StoreStep.Leftovers left -> leftovers(left);
        case TreeStep.Compare compare -> compare.apply(trees);
        case TreeStep.Digests digests -> trees.digested(digests, records);
        case StoreStep.Scan scan -> {
          var page = page(scan);
          yield slots.told(page, scan.ranges(), scan.from().slot(), page.next().slot());
        }
        case StoreStep.Count count ->
          slots.told(new StoreAnswer.Counted(count(count.ranges())), count.ranges(), 0, Slot.COUNT);
        case SlotStep.Listing listing -> slots.list(listing, records, acceptors);
        case SlotStep.Raise raise -> slots.raise(raise, acceptors);
        case SlotStep.RaiseAtLeast raise -> slots.raise(raise);
        case SlotStep.Complete complete -> slots.complete(complete);
      });
    }
    return answers;
  }

  @Override
  public int sweepExpired(int limit, Moment at) {
    int looked = 0;
    for (var entry : records.entrySet()) {
      var collapsed = entry.getValue().collapseExpired(at.wallMillis());
      if (collapsed != entry.getValue() && looked < limit) {
        entry.setValue(collapsed);
        looked++;
      }
    }
    return looked;
  }

  @Override
  public long actor(int slot) {
    return actors.computeIfAbsent(slot, unknown -> actorIds.nextLong());
  }

  @Override
  public long freshActor() {
    return actorIds.nextLong();
  }

  @Override
  public HybridClock clock() {
    return clock;
  }

  @Override
  public Moment now() {
    return now;
  }

  private StoreAnswer apply(StoreStep.OnKey step) {
    var current = records.getOrDefault(step.key(), StoredRecord.EMPTY);
    var applied = step.apply(current, this);
    trees.onChanged(step.key(), step, current, applied.record());
    if (applied.record().isEmpty()) {
      records.remove(step.key());
    } else if (applied.record() != current) {
      records.put(step.key(), applied.record());
    }
    return applied.answer();
  }

  private StoreAnswer judge(AcceptorStep step) {
    var judged = step.apply(records.getOrDefault(step.key(), StoredRecord.EMPTY),
        acceptors.getOrDefault(step.key(), AcceptorState.EMPTY), this);
    if (!judged.state().equals(AcceptorState.EMPTY)) {
      acceptors.put(step.key(), judged.state());
    }
    return judged.answer();
  }

  private StoreAnswer reap(ReapStep step) {
    var record = records.getOrDefault(step.key(), StoredRecord.EMPTY);
    var state = acceptors.getOrDefault(step.key(), AcceptorState.EMPTY);
    var judged = step.apply(record, state, this);
    if (judged.record().isEmpty() && judged.state().equals(AcceptorState.EMPTY)) {
      trees.onChanged(step.key(), step, record, StoredRecord.EMPTY);
      records.remove(step.key());
      acceptors.remove(step.key());
    }
    return judged.answer();
  }

  private StoreAnswer leftovers(StoreStep.Leftovers asked) {
    var keys = new TreeSet<>(records.keySet());
    keys.addAll(acceptors.keySet());
    var found = new ArrayList<Bytes>();
    for (var key : keys.tailSet(new Key(Bytes.EMPTY, asked.from().slot(), asked.from().position()), true)) {
      var record = records.getOrDefault(key, StoredRecord.EMPTY);
      var state = acceptors.getOrDefault(key, AcceptorState.EMPTY);
      if (covers(asked.ranges(), key.slot()) && ReapStep.isLeftover(record, state)
          && ReapStep.latestHlc(record, state) < asked.beforeHlc()) {
        if (found.size() == asked.limit()) {
          return new StoreAnswer.Page(found, new ScanPoint(key.slot(), key.position()));
        }
        found.add(key.bytes());
      }
    }
    return new StoreAnswer.Page(found, ScanPoint.END);
  }

  private StoreAnswer.Page page(StoreStep.Scan scan) {
    var keys = new ArrayList<Bytes>();
    int looked = 0;
    Key last = null;
    var start = new Key(Bytes.EMPTY, scan.from().slot(), scan.from().position());
    for (var entry : records.tailMap(start, true).entrySet()) {
      var key = entry.getKey();
      if (!covers(scan.ranges(), key.slot())) {
        continue;
      }
      boolean parts = last == null || last.slot() != key.slot() || last.position() != key.position();
      if (parts && (keys.size() >= scan.limit() || looked >= SCAN_LOOKS)) {
        return new StoreAnswer.Page(keys, new ScanPoint(key.slot(), key.position()));
      }
      looked++;
      last = key;
      if (entry.getValue().isLive(now.wallMillis())) {
        keys.add(key.bytes());
      }
    }
    return new StoreAnswer.Page(keys, ScanPoint.END);
  }

  private long count(List<SlotRange> ranges) {
    return records.entrySet().stream().filter(entry -> covers(ranges, entry.getKey().slot()))
        .filter(entry -> entry.getValue().latest().filter(sibling -> !sibling.content().isTombstone()).isPresent())
        .count();
  }

  static boolean covers(List<SlotRange> ranges, int slot) {
    for (var range : ranges) {
      if (range.covers(slot)) {
        return true;
      }
    }
    return false;
  }
}
