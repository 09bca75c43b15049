package dev.torc.cluster.storage;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.util.List;

/** What a store says to a {@link SlotStep.Listing}. */
public sealed interface SlotAnswer extends StoreAnswer {

  /** Where to go on; {@link ScanPoint#END} when nothing is left in the range. */
  ScanPoint next();

  record Records(List<Kept> records, ScanPoint next) implements SlotAnswer {}

  record Acceptors(List<Remembered> states, ScanPoint next) implements SlotAnswer {}

  record Kept(Bytes key, StoredRecord record) {}

  record Remembered(Bytes key, AcceptorState state) {}
}
