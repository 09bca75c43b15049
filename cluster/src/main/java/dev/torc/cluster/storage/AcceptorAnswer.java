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

  /** The same without a promise. @param isHeld whether an operation on several keys holds the key, so that its value is not known here */
  record Queried(Ballot accepted, StoredRecord value, StoredRecord held, boolean isHeld) implements AcceptorAnswer {
    /** Of a key that nobody holds. */
    public Queried(Ballot accepted, StoredRecord value, StoredRecord held) {
      this(accepted, value, held, false);
    }
  }

  /** This replica may have forgotten writes of the key and does not take part before it has them back. */
  record Abstained() implements AcceptorAnswer {}
}
