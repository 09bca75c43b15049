package dev.torc.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads the keys of one slot in a table that may be damaged, piece by piece, forwards until a block cannot be read. Then it looks for the end of the damage by halves: where reading goes on
 * everything from there on is taken. So one bad block costs what is in it; between two of them some more may be lost.
 */
final class TornRange {
  record Entry(byte[] key, byte[] value) {}

  private static final long ENOUGH_BYTES = 4 << 20;
  /** Closer than that, as positions go, nothing is looked for. */
  private static final long FINE = 1 << 16;

  private final Table table;
  /** In front of slot and position. */
  private final byte[] prefix;
  /** Everything before it is read, or lost; slot and position as one number. */
  private long low;
  /** The same for everything from here on. */
  private long high;
  /** Where the present reading began. */
  private long begun;
  private byte[] next;
  private boolean isDone;
  private boolean isTorn;

  /** @param prefix in front of the {@link DiskKey} */
  TornRange(Table table, byte[] prefix, int slot) {
    this.table = table;
    this.prefix = prefix;
    this.low = (long) slot << 48;
    this.high = (long) slot + 1 << 48;
    begin(low);
  }

  Table table() {
    return table;
  }

  byte[] prefix() {
    return prefix;
  }

  /** Nothing more can be read of it. */
  boolean isDone() { return isDone; }

  /** There is something that could not be read. */
  boolean isTorn() { return isTorn; }

  /** A value has turned out to be none. */
  void onTorn() {
    isTorn = true;
  }

  /** The next entries, which may be none although there are more behind. */
  List<Entry> read(Tables tables, int limit) {
    var entries = new ArrayList<Entry>();
    try (var all = tables.iterate(table)) {
      if (readForwards(all, entries, limit)) {
        high = begun;
        isDone = !isTorn || high == low;
        probe();
      }
    } catch (RocksDBException damaged) {
      isTorn = true;
      low = Math.max(begun, head(next));
      probe();
    }
    return entries;
  }

  /** Whether it came to the end. */
  private boolean readForwards(RocksIterator all, List<Entry> entries, int limit) throws RocksDBException {
    var end = place(high);
    long bytes = 0;
    for (all.seek(next); all.isValid() && Arrays.compareUnsigned(all.key(), end) < 0; all.next()) {
      if (entries.size() >= limit || bytes >= ENOUGH_BYTES) {
        return false;
      }
      var entry = new Entry(all.key(), all.value());
      entries.add(entry);
      bytes += entry.value.length;
      next = Arrays.copyOf(entry.key, entry.key.length + 1);
    }
    all.status();
    return true;
  }

  private void probe() {
    isDone |= high - low < FINE;
    begin(low + (high - low) / 2);
  }

  private void begin(long place) {
    begun = place;
    next = place(place);
  }

  private byte[] place(long head) {
    return ByteBuffer.allocate(prefix.length + Long.BYTES).put(prefix).putLong(head).array();
  }

  private long head(byte[] key) {
    return ByteBuffer.wrap(key).getLong(prefix.length);
  }
}
