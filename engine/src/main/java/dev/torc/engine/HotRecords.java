package dev.torc.engine;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.StoredRecord;
import java.util.LinkedHashMap;

/** The records touched last, decoded, as they stand on disk. Bounded by bytes; a large one is never kept. */
final class HotRecords {
  private static final long LARGEST_BYTES = 16 << 10;
  /** What a record costs on the heap besides its bytes: the entry, the key, the vector, the sibling. */
  private static final long OVERHEAD_BYTES = 320;
  private static final long PER_ACTOR_BYTES = 16;

  private final LinkedHashMap<Key, StoredRecord> records = new LinkedHashMap<>(1024, 0.75f, true);
  private final long maxBytes;
  private long bytes;

  HotRecords(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Null if it is not here, whatever the disk has. */
  StoredRecord find(Key key) {
    return records.get(key);
  }

  void put(Key key, StoredRecord record) {
    long size = sizeBytes(key, record);
    if (size > LARGEST_BYTES || size > maxBytes || record.isEmpty()) {
      remove(key);
      return;
    }
    var replaced = records.put(key, record);
    bytes += size - (replaced == null ? 0 : sizeBytes(key, replaced));
    while (bytes > maxBytes) {
      var eldest = records.pollFirstEntry();
      bytes -= sizeBytes(eldest.getKey(), eldest.getValue());
    }
  }

  void remove(Key key) {
    var removed = records.remove(key);
    if (removed != null) {
      bytes -= sizeBytes(key, removed);
    }
  }

  void clear() {
    records.clear();
    bytes = 0;
  }

  int size() {
    return records.size();
  }

  long bytes() {
    return bytes;
  }

  private static long sizeBytes(Key key, StoredRecord record) {
    return OVERHEAD_BYTES + key.bytes().size() + record.valueBytes() + PER_ACTOR_BYTES * record.version().size();
  }
}
