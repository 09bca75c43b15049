package dev.torc.cluster.storage;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.version.StoredRecord;

/** What a store says to a {@link ReapStep}. */
public sealed interface ReapAnswer extends StoreAnswer {

  /**
   * What is left of a key.
   *
   * @param isGone neither its record nor what it remembers as the key's acceptor has a value, and has had none for long enough
   * @param record if it is gone; tombstones, or empty
   * @param accepted the round in which its acceptor accepted what is left; {@link Ballot#NONE} if it remembers nothing
   * @param isQuiet its acceptor has promised nothing beyond that round, holds nothing that the record does not cover, and owes nobody anything
   */
  record Inspected(boolean isGone, StoredRecord record, Ballot accepted, boolean isQuiet) implements ReapAnswer {

    /** Whether all of it may be dropped once the slot's floor is as high as the round. */
    public boolean isReapable() {
      return isGone && isQuiet;
    }
  }

  /** @param isReaped false: there was something else by then, and it stands */
  record Reaped(boolean isReaped) implements ReapAnswer {}
}
