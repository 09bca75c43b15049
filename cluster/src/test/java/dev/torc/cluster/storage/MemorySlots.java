package dev.torc.cluster.storage;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.version.StoredRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongBiFunction;

/** What the store in memory knows of its slots. */
final class MemorySlots implements SlotStates {
  /** What each slot is that is not whole; of those that are not named, {@link #others}. */
  private final TreeMap<Integer, Wholeness> slots = new TreeMap<>();
  private final TreeMap<Integer, Ballot> floors = new TreeMap<>();
  private Wholeness others = Wholeness.WHOLE;
  /** Null: all. */
  private List<Integer> concerned;

  void concern(Collection<Integer> used) {
    concerned = List.copyOf(used);
  }

  void forget(long era, boolean promises) {
    slots.replaceAll((slot, was) -> was.forget(era, promises));
    if (concerned == null) {
      others = others.forget(era, promises);
    } else {
      concerned.forEach(slot -> slots.putIfAbsent(slot, Wholeness.WHOLE.forget(era, promises)));
    }
  }

  void clear() {
    slots.clear();
    floors.clear();
  }

  void continueFrom(MemorySlots former) {
    slots.putAll(former.slots);
    floors.putAll(former.floors);
    others = former.others;
    concerned = former.concerned;
  }

  @Override
  public Wholeness wholeness(int slot) {
    return slots.getOrDefault(slot, others);
  }

  @Override
  public boolean isCatchingUp() {
    return !others.isWhole() || slots.values().stream().anyMatch(slot -> !slot.isWhole());
  }

  Ballot floor(int slot) {
    return floors.getOrDefault(slot, Ballot.NONE);
  }

  StoreAnswer told(StoreAnswer answer, List<SlotRange> ranges, int first, int last) {
    for (int slot = first; slot <= Math.min(last, Slot.COUNT - 1) && isCatchingUp(); slot++) {
      if (MemoryReplicaStore.covers(ranges, slot) && wholeness(slot).lacksRecords()) {
        return new StoreAnswer.Partly(answer);
      }
    }
    return answer;
  }

  StoreAnswer list(SlotStep.Listing listing, TreeMap<Key, StoredRecord> records,
      TreeMap<Key, AcceptorState> acceptors) {
    var page = switch (listing) {
      case SlotStep.Records it -> {
        var kept = new ArrayList<SlotAnswer.Kept>();
        var next = list(it, records, (key, record) -> {
          kept.add(new SlotAnswer.Kept(key.bytes(), record));
          return record.valueBytes();
        });
        yield new SlotAnswer.Records(kept, next);
      }
      case SlotStep.Acceptors it -> {
        var kept = new ArrayList<SlotAnswer.Remembered>();
        var next = list(it, acceptors, (key, state) -> {
          kept.add(new SlotAnswer.Remembered(key.bytes(), state));
          return state.value().valueBytes();
        });
        yield new SlotAnswer.Acceptors(kept, next);
      }
    };
    return listing.isToldInPart(this::wholeness, page.next()) ? new StoreAnswer.Partly(page) : page;
  }

  private static <V> ScanPoint list(SlotStep.Listing listing, TreeMap<Key, V> all, ToLongBiFunction<Key, V> taker) {
    long bytes = 0;
    Key last = null;
    var listed = all.entrySet().stream()
        .filter(entry -> listing.range().covers(entry.getKey().slot()) && !listing.from().isBehind(entry.getKey()));
    for (var entry : listed.toList()) {
      var key = entry.getKey();
      boolean parts = last != null && (last.slot() != key.slot() || last.position() != key.position());
      if (parts && bytes >= listing.maxBytes()) {
        return new ScanPoint(key.slot(), key.position());
      }
      bytes += taker.applyAsLong(key, entry.getValue()) + key.bytes().size() + 1;
      last = key;
    }
    return ScanPoint.END;
  }

  StoreAnswer raise(SlotStep.Raise raise, TreeMap<Key, AcceptorState> acceptors) {
    var greatest = floor(raise.slot());
    for (var entry : acceptors.entrySet()) {
      greatest = entry.getKey().slot() == raise.slot() ? Ballot.max(greatest, entry.getValue().floor()) : greatest;
    }
    var answer = raise.judge(greatest, wholeness(raise.slot()));
    if (answer.told() instanceof AcceptorAnswer.Accepted) {
      floors.put(raise.slot(), raise.ballot());
    }
    return answer;
  }

  StoreAnswer raise(SlotStep.RaiseAtLeast raise) {
    floors.put(raise.slot(), Ballot.max(floor(raise.slot()), raise.ballot()));
    return new AcceptorAnswer.Accepted();
  }

  StoreAnswer complete(SlotStep.Complete complete) {
    var then = complete.apply(wholeness(complete.slot()));
    if (then.isPresent()) {
      slots.put(complete.slot(), then.get());
      return new AcceptorAnswer.Accepted();
    }
    return new AcceptorAnswer.Stale();
  }
}
