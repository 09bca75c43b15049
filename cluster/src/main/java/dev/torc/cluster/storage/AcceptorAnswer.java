package dev.torc.cluster.storage;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.version.StoredRecord;

/** What an acceptor says to an {@link AcceptorStep}. */
public sealed interface AcceptorAnswer extends StoreAnswer {

  /**
   * No round below will be taken part in.
   *
   * @param accepted the round of the value; {@link Ballot#NONE} without one
   * @param value accepted so far, perhaps not chosen
   * @param results that belong to the value
   * @param held the key's record
   */
  record Promised(Ballot accepted, StoredRecord value, Envelope results,
      StoredRecord held) implements AcceptorAnswer {}

  /** Done. */
  record Accepted() implements AcceptorAnswer {}

  /** Another round was promised or accepted. @param floor that a new ballot must exceed */
  record Nacked(Ballot floor) implements AcceptorAnswer {}

  /** An ordinary write came since the proposer looked. */
  record Stale() implements AcceptorAnswer {}

  /** The same without a promise. */
  record Queried(Ballot accepted, StoredRecord value, StoredRecord held) implements AcceptorAnswer {}

  /** This replica may have forgotten writes of the key and does not take part before it has them back. */
  record Abstained() implements AcceptorAnswer {}
}
