package dev.torc.cluster.sim;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.StoredRecord;
import java.util.TreeMap;

/** Replicas that forget what they should keep. */
final class ReapMutants {
  private ReapMutants() {}

  /** Takes whatever is old enough for deleted. */
  static final class ReapsWhatIsAlive extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      if (!(step instanceof StoreStep.Leftovers) && !(step instanceof ReapStep)) {
        return super.perform(store, step, now);
      }
      var alive = new TreeMap<>(store.records());
      store.records().replaceAll((key, record) -> deleted(record));
      var answer = super.perform(store, step, now);
      store.records().replaceAll((key, record) -> alive.get(key));
      return answer;
    }

    private static StoredRecord deleted(StoredRecord record) {
      return new StoredRecord(record.version(), record.siblings().stream()
          .map(sibling -> new Sibling(sibling.dot(), sibling.content().collapsed())).toList());
    }
  }

  /** As soon as one replica holds nothing but a deletion, all say that they do. */
  static final class AgreesWithTheFirst extends StoreMutants.ReapsWithoutGrace {
    private final TreeMap<Key, StoreAnswer> first = new TreeMap<>();

    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      var answer = super.perform(store, step, now);
      if (step instanceof ReapStep.Inspect inspect && answer instanceof ReapAnswer.Inspected it) {
        return it.isGone()
            ? first.computeIfAbsent(inspect.key(), unknown -> it)
            : first.getOrDefault(inspect.key(), it);
      }
      if (step instanceof ReapStep.Reap reap) {
        first.remove(reap.key());
      }
      return answer;
    }
  }
}
