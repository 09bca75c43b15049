package dev.torc.cluster.sim;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.StoredRecord;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Stores that are wrong about what they have seen, or keep what they should let go. */
final class VersionMutants {
  private VersionMutants() {}

  /** Whoever is asked for a write has heard of it, and takes that for having seen it. */
  static final class TakesQuestionsForNews extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      if (step instanceof StoreStep.Confirm confirm) {
        store.records().computeIfPresent(confirm.key(),
            (key, record) -> new StoredRecord(record.version().merge(confirm.version()), record.siblings()));
      }
      return super.perform(store, step, now);
    }
  }

  /** Of two records the later one stands, as it is. */
  static final class OverwritesWithTheLatest extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      if (step instanceof StoreStep.Merge merge) {
        store.records().computeIfPresent(merge.key(), (key, record) -> merge.incoming().version()
            .greatestHlc() > record.version().greatestHlc() ? merge.incoming() : record);
      }
      return super.perform(store, step, now);
    }
  }

  /** A store whose disk failed once takes in nothing of others any more, and says that it does. */
  static final class TakesNothingInAfterALoss extends Mutant {
    private final Set<MemoryReplicaStore> failed = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    void onRolledBack(MemoryReplicaStore store) {
      super.onRolledBack(store);
      failed.add(store);
    }

    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return step instanceof StoreStep.Merge && failed.contains(store)
          ? new StoreAnswer.Merged(StoreAnswer.Before.NOTHING)
          : super.perform(store, step, now);
    }
  }

  /** What is held for somebody stays after it was delivered. */
  static final class LetsNoHintGo extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return step instanceof HintStep.Drop ? new StoreAnswer.Confirmed(true) : super.perform(store, step, now);
    }
  }

  /** Takes no clock for wrong that it does not agree with to a tenth of a second. */
  static final class TakesClocksForEqual extends Mutant {
    @Override
    long clockSkewMillis() {
      return 100;
    }
  }

  /** A key that is given back unchanged stays held. */
  static final class KeepsIntents extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      if (step instanceof AcceptorStep.Accept it && store.acceptors().get(it.key()) instanceof AcceptorState held
          && it.value().equals(held.value()) && it.results().intents().intent().isEmpty()) {
        var keeps = held.results().intents().intent().map(it.results().intents()::with)
            .orElse(it.results().intents());
        return super.perform(store, new AcceptorStep.Accept(it.key(), it.epoch(), it.ballot(), it.value(),
            it.results().with(keeps), it.next(), it.isCached()), now);
      }
      return super.perform(store, step, now);
    }
  }
}
