package dev.torc.cluster.sim;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.StoredRecord;
import java.util.List;

/** Replicas that come back from a loss in a wrong way each. */
final class RecoveryMutants {
  private RecoveryMutants() {}

  /** A replica that lost its disk goes on under the names that it had before. */
  static final class ComesBackAsItWas extends Mutant {
    @Override
    void onForgotten(MemoryReplicaStore store) {}
  }

  /** A node takes an older copy of its disk for what it left there. */
  static final class DoesNotRecogniseAnOlderCopy extends Mutant {
    @Override
    boolean recognisesAnOlderCopy() {
      return false;
    }
  }

  /** A replica that lost its disk believes that it lost records only, and never what it promised. */
  static final class BelievesItsPromises extends Mutant {
    @Override
    void onForgotten(MemoryReplicaStore store) {
      store.forget(false);
    }
  }

  /** Whoever is asked to take part in nothing up to a ballot says that it will, and forgets it at once. */
  static final class RaisesNothing extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return step instanceof SlotStep.Raise ? new AcceptorAnswer.Accepted() : super.perform(store, step, now);
    }
  }

  /** The others' records are taken for read before they were told. */
  static final class CopiesNothing extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return step instanceof SlotStep.Records
          ? new SlotAnswer.Records(List.of(), ScanPoint.END)
          : super.perform(store, step, now);
    }
  }

  /** What a replica tells that is catching up counts like any other answer. */
  static final class CountsParts extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return super.perform(store, step, now).told();
    }
  }

  /** An acceptor that may have forgotten writes takes part again without having fetched them. */
  static final class RejoinsWithoutTheRecord extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      var answer = super.perform(store, step, now);
      if (step instanceof AcceptorStep acceptor && answer instanceof AcceptorAnswer.Abstained) {
        super.perform(store, new AcceptorStep.Rejoin(acceptor.key(), acceptor.epoch()), now);
        return super.perform(store, step, now);
      }
      return answer;
    }
  }

  /** An acceptor takes part whatever it may have forgotten. */
  static final class NeverAbstains extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      if (!(step instanceof AcceptorStep acceptor)) {
        return super.perform(store, step, now);
      }
      var judged = acceptor.apply(store.records().getOrDefault(acceptor.key(), StoredRecord.EMPTY),
          store.acceptors().getOrDefault(acceptor.key(), AcceptorState.EMPTY), new Confident(store, now));
      store.acceptors().put(acceptor.key(), judged.state());
      return judged.answer();
    }
  }
}
