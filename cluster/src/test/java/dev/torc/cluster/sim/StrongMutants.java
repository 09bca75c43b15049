package dev.torc.cluster.sim;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.StoredRecord;

/** Acceptors of strong operations that are wrong in one thing each. */
final class StrongMutants {
  private StrongMutants() {}

  /** Promises without a word of what the record holds: what stands is what was accepted. */
  static final class IgnoresRecords extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      var answer = super.perform(store, step, now);
      return answer instanceof AcceptorAnswer.Promised p
          ? new AcceptorAnswer.Promised(p.accepted(), p.value(), p.results(), StoredRecord.EMPTY)
          : answer;
    }
  }

  /** A majority that accepted the same is enough for a read of one round trip, whatever their records hold. */
  static final class ReadsWhatIsAccepted extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      var answer = super.perform(store, step, now);
      return answer instanceof AcceptorAnswer.Queried q && !q.accepted().isNone()
          ? new AcceptorAnswer.Queried(q.accepted(), q.value(), q.value())
          : answer;
    }
  }

  /** Accepts under a cached ballot although an ordinary write came in between. */
  static final class NeverStale extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return super.perform(store, step instanceof AcceptorStep.Accept a
          ? new AcceptorStep.Accept(a.key(), a.epoch(), a.ballot(), a.value(), a.results(), a.next(), false)
          : step, now);
    }
  }

  /** Accepts a value without the results that belong to it. */
  static final class ForgetsResults extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return super.perform(store, step instanceof AcceptorStep.Accept a
          ? new AcceptorStep.Accept(a.key(), a.epoch(), a.ballot(), a.value(), Envelope.EMPTY, a.next(), a.isCached())
          : step, now);
    }
  }

  /** Accepts below what it promised. */
  static final class IgnoresPromises extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      if (step instanceof AcceptorStep.Accept accept) {
        store.acceptors().computeIfPresent(accept.key(), (key, it) -> new AcceptorState(it.accepted(), it.accepted(),
            it.value(), it.results(), it.era()));
      }
      return super.perform(store, step, now);
    }
  }

  /** Promises and accepts before that is on disk. */
  static final class PromisesUnsynced extends Mutant {
    @Override
    boolean isSynced(StoreStep step) {
      return !(step instanceof AcceptorStep) && super.isSynced(step);
    }
  }
}
