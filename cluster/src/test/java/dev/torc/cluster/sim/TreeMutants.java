package dev.torc.cluster.sim;

import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.cluster.time.Moment;
import java.util.List;

/** Replicas that compare wrongly. */
final class TreeMutants {
  private TreeMutants() {}

  /** What comes from other replicas is not noted in the trees. */
  static final class NotesNoMerges extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      store.trees().noteOnly(noted -> !(noted instanceof StoreStep.Merge));
      return super.perform(store, step, now);
    }
  }

  /** Whoever is asked says that all is equal. */
  static final class SeesNoDifference extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return step instanceof TreeStep.Compare
          ? new TreeAnswer.Compared(List.of())
          : super.perform(store, step, now);
    }
  }

  /** A leaf's keys are listed as if it had none, so that what only the other one lacks is never sent. */
  static final class ListsNothing extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return step instanceof TreeStep.Digests
          ? new TreeAnswer.Digested(List.of(), ScanPoint.END)
          : super.perform(store, step, now);
    }
  }
}
