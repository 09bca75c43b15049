package dev.torc.cluster.sim;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.storage.Hint;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.MemoryHints;
import dev.torc.cluster.version.StoredRecord;
import java.util.BitSet;

/** A write that the disk has taken but might lose: of a record, of what is remembered as an acceptor, or of a hint. */
sealed interface Unsynced {
  Key key();

  record OfRecord(Key key, StoredRecord record, BitSet seen) implements Unsynced {}

  record OfAcceptor(Key key, AcceptorState state) implements Unsynced {}

  record OfHint(Key key, MemoryHints.Id id, Hint hint) implements Unsynced {}
}
