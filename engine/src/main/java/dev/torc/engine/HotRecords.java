package dev.torc.engine;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.StoredRecord;

/** The records touched last. The acceptors' states that are hot take their room out of that of the records. */
final class HotRecords extends HotMap<StoredRecord> {
  /** What a record costs on the heap besides its bytes: the entry, the key, the vector, the sibling. */
  static final long OVERHEAD_BYTES = 320;
  private static final long PER_ACTOR_BYTES = 16;
  /** Of the whole, at most, for acceptors' states: strong operations are the fewer. */
  private static final int ACCEPTORS_PART = 4;

  private final long maxBytes;
  private final HotAcceptors acceptors;

  HotRecords(long maxBytes) {
    this.maxBytes = maxBytes;
    this.acceptors = new HotAcceptors(maxBytes / ACCEPTORS_PART);
  }

  HotAcceptors acceptors() {
    return acceptors;
  }

  @Override
  void put(Key key, StoredRecord record) {
    if (record.isEmpty()) {
      remove(key);
    } else {
      super.put(key, record);
    }
  }

  /** The acceptors' states too. */
  @Override
  void clear() {
    super.clear();
    acceptors.clear();
  }

  /** The acceptors' states too. */
  @Override
  void removeSlot(int slot) {
    super.removeSlot(slot);
    acceptors.removeSlot(slot);
  }

  @Override
  protected long maxBytes() {
    return maxBytes - acceptors.bytes();
  }

  @Override
  protected long sizeBytes(Key key, StoredRecord record) {
    return OVERHEAD_BYTES + key.bytes().size() + contentBytes(record);
  }

  static long contentBytes(StoredRecord record) {
    return record.valueBytes() + PER_ACTOR_BYTES * record.version().size();
  }
}
