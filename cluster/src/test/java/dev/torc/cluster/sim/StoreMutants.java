package dev.torc.cluster.sim;

import dev.torc.cluster.reaping.ReapingConfig;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Before;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Stores that are wrong in one rule each. */
final class StoreMutants {
  private StoreMutants() {}

  /** A replica forgets by whom a key is held, unless that is its primary one. */
  static final class CommitsWithoutLock extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      if (step instanceof AcceptorStep.Accept it
          && it.results().intents().intent().filter(of -> !of.primary().equals(it.key().bytes())).isPresent()) {
        var forgets = it.results().with(it.results().intents().withoutIntent());
        return super.perform(store, new AcceptorStep.Accept(it.key(), it.epoch(), it.ballot(), it.value(), forgets,
            it.next(), it.isCached()), now);
      }
      return super.perform(store, step, now);
    }
  }

  /** A read looks at what a replica holds, whoever holds the key. */
  static final class ReadsPastIntents extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      var answer = super.perform(store, step, now);
      return answer instanceof AcceptorAnswer.Queried it
          ? new AcceptorAnswer.Queried(it.accepted(), it.value(), it.held())
          : answer;
    }
  }

  /** Rule 1: counters taken for contiguous, so that a dot follows from its place, as in a compact DVVSet. */
  static final class ImpliedDots extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return super.perform(store,
          step instanceof StoreStep.Merge m ? new StoreStep.Merge(m.key(), implied(m.incoming())) : step, now);
    }

    private static StoredRecord implied(StoredRecord record) {
      var places = new TreeMap<Long, Integer>();
      var siblings = new ArrayList<Sibling>();
      for (var sibling : record.siblings().reversed()) {
        long actor = sibling.dot().actor();
        int place = places.merge(actor, 1, Integer::sum) - 1;
        siblings.add(new Sibling(new Dot(actor, record.version().hlcOf(actor) - place), sibling.content()));
      }
      siblings.sort(Comparator.comparing(Sibling::dot));
      return new StoredRecord(record.version(), siblings);
    }
  }

  /** Rule 2: whoever may have forgotten goes on stamping under its old name. */
  static final class KeepsItsActors extends Mutant {
    @Override
    void onRolledBack(MemoryReplicaStore store) {}
  }

  /** Rule 2: what cannot be read is taken for absent. */
  static final class UnreadableIsAbsent extends Mutant {
    @Override
    StoreAnswer failed(StoreStep step) {
      return step instanceof StoreStep.Fetch ? new StoreAnswer.Held(StoredRecord.EMPTY) : super.failed(step);
    }
  }

  /** Rule 4: a dot is what the wall clock says, whatever the record has seen. */
  static final class DotsFromTheWall extends Mutant {
    private long count;

    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      if (step instanceof StoreStep.Put put && put.causality().context().isEmpty()) {
        var seen = store.records().getOrDefault(put.key(), StoredRecord.EMPTY).version();
        return stamp(store, put, seen, Hlc.atMillis(now.wallMillis()) + (count++ & 0xffff), now);
      }
      return super.perform(store, step, now);
    }
  }

  /** Rule 5: a blind write supersedes nothing. */
  static final class BlindSupersedesNothing extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return super.perform(store, step instanceof StoreStep.Put put && put.causality().context().isEmpty()
          ? new StoreStep.Put(put.key(), put.content(), Causality.after(Context.NOTHING), put.seenHlc())
          : step, now);
    }
  }

  /** Rule 6: every clock follows the furthest. */
  static final class FoldsWithoutBound extends Mutant {
    @Override
    long clockSkewMillis() {
      return Long.MAX_VALUE / 4;
    }
  }

  /** Rule 7: whatever a client says that it saw is believed. */
  static final class BelievesForgedContexts extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      var answer = super.perform(store, step, now);
      if (answer instanceof StoreAnswer.Failed f && f.cause() == StoreAnswer.Cause.BAD_CONTEXT
          && step instanceof StoreStep.Put put) {
        var held = store.records().getOrDefault(put.key(), StoredRecord.EMPTY).version();
        var seen = put.causality().past(held);
        return stamp(store, put, seen, held.merge(seen).greatestHlc() + 1, now);
      }
      return answer;
    }
  }

  /** Rule 8: what has expired is dropped behind the version's back. */
  static final class DropsWhatExpired extends Mutant {
    @Override
    void sweep(MemoryReplicaStore store, Moment now) {
      store.records().values().removeIf(record -> record.collapseExpired(now.wallMillis()) != record);
    }
  }

  /** Rule 9: an actor without a sibling is pruned, although it lives. */
  static final class PrunesLiveActors extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      var answer = super.perform(store, step, now);
      if (step instanceof StoreStep.OnKey onKey) {
        store.records().computeIfPresent(onKey.key(), (key, record) -> new StoredRecord(record.siblings().stream()
            .map(s -> VersionVector.of(new Dot(s.dot().actor(), record.version().hlcOf(s.dot().actor()))))
            .reduce(VersionVector.EMPTY, VersionVector::merge), record.siblings()));
      }
      return answer;
    }
  }

  /** Forgets deletions, at all replicas alike, as soon as they hold the same: while copies of what was before them, and hints, are still under way. */
  static class ReapsWithoutGrace extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return super.perform(store, switch (step) {
        case StoreStep.Leftovers it -> new StoreStep.Leftovers(it.ranges(), it.from(), Long.MAX_VALUE, it.limit());
        case ReapStep.Inspect it -> new ReapStep.Inspect(it.key(), -1_000_000);
        default -> step;
      }, now);
    }

    @Override
    ReapingConfig reaping(ReapingConfig config) {
      return atTheFirstLook(config);
    }
  }

  /** As if nothing could be late. */
  static ReapingConfig atTheFirstLook(ReapingConfig config) {
    return new ReapingConfig(config.graceMillis(), 0, config.intervalMillis(), config.timeoutMillis(),
        config.pageKeys());
  }

  /** A tombstone goes when it is a second old, or two. */
  static final class ReapsByAge extends Mutant {
    @Override
    void sweep(MemoryReplicaStore store, Moment now) {
      super.sweep(store, now);
      store.records().values().removeIf(record -> record.siblings().stream().allMatch(s -> s.content().isTombstone()));
    }
  }

  /** A merge takes in values alone. */
  static final class MergesNoTombstones extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return super.perform(store,
          step instanceof StoreStep.Merge m ? new StoreStep.Merge(m.key(), valuesOf(m.incoming())) : step, now);
    }

    private static StoredRecord valuesOf(StoredRecord record) {
      return new StoredRecord(record.version(),
          record.siblings().stream().filter(s -> !s.content().isTombstone()).toList());
    }
  }

  /** Of two concurrent writes the later one wins. */
  static final class LastWriteWins extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      var answer = super.perform(store, step, now);
      if (step instanceof StoreStep.Merge merge) {
        store.records().computeIfPresent(merge.key(), (key, record) -> record.siblings().isEmpty()
            ? record
            : new StoredRecord(record.version(), List.of(record.siblings().getLast())));
      }
      return answer;
    }
  }

  /** Acknowledges what the disk may still lose, although it is to sync always. */
  static final class AnswersBeforeSync extends Mutant {
    @Override
    boolean answersBeforeSync() {
      return true;
    }
  }

  private static StoreAnswer stamp(MemoryReplicaStore store, StoreStep.Put put, VersionVector seen, long hlc,
      Moment now) {
    var current = store.records().getOrDefault(put.key(), StoredRecord.EMPTY);
    var dot = new Dot(store.actor(put.key().slot()), hlc);
    var record = current.update(seen, dot, put.content());
    store.records().put(put.key(), record);
    return new StoreAnswer.Stored(dot, record, Before.NOTHING);
  }
}
