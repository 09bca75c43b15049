package dev.torc.cluster.paxos;

import dev.torc.cluster.version.StoredRecord;

/**
 * What a replica remembers of a key's strong operations, beside the key's record. On disk before it is told to anybody.
 *
 * @param promised rounds below it are refused
 * @param accepted the round in which the value was accepted; {@link Ballot#NONE}: never
 * @param value accepted, perhaps not chosen; a strong write's record with one sibling, or what an unchanged operation found
 * @param results what recent operations that led to the value were answered
 * @param era of the store, when the key's record was last known to have lost nothing ({@link dev.torc.cluster.storage.StepContext#era})
 */
public record AcceptorState(Ballot promised, Ballot accepted, StoredRecord value, Envelope results, long era) {
  public static final AcceptorState EMPTY = new AcceptorState(Ballot.NONE, Ballot.NONE, StoredRecord.EMPTY,
      Envelope.EMPTY, 0);

  /** The least ballot that a new round must exceed. */
  public Ballot floor() {
    return Ballot.max(promised, accepted);
  }

  public AcceptorState promise(Ballot ballot) {
    return new AcceptorState(ballot, accepted, value, results, era);
  }

  public AcceptorState accept(Ballot ballot, Ballot next, StoredRecord accepted, Envelope env) {
    return new AcceptorState(Ballot.max(ballot, next), ballot, accepted, env, era);
  }

  public AcceptorState complete(long inEra) {
    return new AcceptorState(promised, accepted, value, results, inEra);
  }
}
