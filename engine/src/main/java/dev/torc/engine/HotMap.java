package dev.torc.engine;

import dev.torc.cluster.storage.Key;
import java.util.LinkedHashMap;

/** What was touched last, decoded, as it stands on disk, by key. Bounded by bytes; a large value is never kept. */
abstract class HotMap<V> {
  private static final long LARGEST_BYTES = 16 << 10;

  private final LinkedHashMap<Key, V> values = new LinkedHashMap<>(1024, 0.75f, true);
  private long bytes;

  /** Of the heap. */
  protected abstract long sizeBytes(Key key, V value);

  /** At present. */
  protected abstract long maxBytes();

  /** Null if it is not here, whatever the disk has. */
  V find(Key key) {
    return values.get(key);
  }

  void put(Key key, V value) {
    long size = sizeBytes(key, value);
    if (size > LARGEST_BYTES || size > maxBytes()) {
      remove(key);
      return;
    }
    var replaced = values.put(key, value);
    bytes += size - (replaced == null ? 0 : sizeBytes(key, replaced));
    trim();
  }

  void remove(Key key) {
    var removed = values.remove(key);
    if (removed != null) {
      bytes -= sizeBytes(key, removed);
    }
  }

  void removeSlot(int slot) {
    values.keySet().stream().filter(key -> key.slot() == slot).toList().forEach(this::remove);
  }

  /** Lets go of what was touched longest ago, until the rest is within the bound. */
  void trim() {
    while (bytes > maxBytes()) {
      var eldest = values.pollFirstEntry();
      bytes -= sizeBytes(eldest.getKey(), eldest.getValue());
    }
  }

  void clear() {
    values.clear();
    bytes = 0;
  }

  int size() {
    return values.size();
  }

  long bytes() {
    return bytes;
  }
}
