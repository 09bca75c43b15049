package dev.torc.engine;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.StoredRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Which values expire when: an entry of {@link Table#EXPIRY} for each, in buckets of slots so that a shard finds its own. An entry is written with
 * the value and never taken back; the sweep drops those whose value is gone. For each bucket the shard remembers before which time there
 * is nothing, and where among the entries of one time it stopped, so that it neither looks in vain nor wades through what it deleted: a million keys may expire at once.
 */
final class ExpiryIndex {
  private static final byte[] NOTHING = {};
  private static final int KEY_FROM = 1 + Long.BYTES;
  private static final int BUCKETS = EngineConfig.MAX_SHARDS;

  private final int shard;
  private final int shards;
  private final long[] emptyBefore = new long[BUCKETS];
  /** Where the sweep goes on among the entries of the time that it reached; null for their beginning. */
  private final byte[][] reached = new byte[BUCKETS][];

  ExpiryIndex(int shard, int shards) {
    this.shard = shard;
    this.shards = shards;
  }

  /** An entry that is due, and the key that it is for. */
  record Due(byte[] entry, Key key) {}

  void forget() {
    Arrays.fill(emptyBefore, 0);
    Arrays.fill(reached, null);
  }

  /** Adds entries for those values of the record that expire. */
  void write(Tables tables, WriteBatch batch, Key key, byte[] diskKey, StoredRecord record) throws RocksDBException {
    var siblings = record.siblings();
    for (int i = 0; i < siblings.size(); i++) {
      var content = siblings.get(i).content();
      if (!content.isTombstone() && content.expiresAtMillis() != Content.NEVER) {
        int bucket = key.slot() % BUCKETS;
        comesBack(bucket, content.expiresAtMillis());
        tables.put(batch, Table.EXPIRY, entry(bucket, content.expiresAtMillis(), diskKey), NOTHING);
      }
    }
  }

  /** The sweep must not pass over a new entry. */
  private void comesBack(int bucket, long atMillis) {
    if (atMillis <= emptyBefore[bucket]) {
      emptyBefore[bucket] = atMillis;
      reached[bucket] = null;
    }
  }

  boolean isDue(long wallMillis) {
    for (int bucket = shard; bucket < BUCKETS; bucket += shards) {
      if (emptyBefore[bucket] <= wallMillis) {
        return true;
      }
    }
    return false;
  }

  /** The first entries that are due, up to {@code limit}. They count as gone: {@link #forget} if that turns out otherwise. */
  List<Due> takeDue(Tables tables, int limit, long wallMillis) throws RocksDBException {
    var due = new ArrayList<Due>();
    try (var entries = tables.iterate(Table.EXPIRY)) {
      for (int bucket = shard; bucket < BUCKETS && due.size() < limit; bucket += shards) {
        if (emptyBefore[bucket] > wallMillis) {
          continue;
        }
        entries.seek(reached[bucket] == null ? entry(bucket, emptyBefore[bucket], NOTHING) : reached[bucket]);
        while (isIn(bucket, entries.isValid() ? entries.key() : null, wallMillis) && due.size() < limit) {
          due.add(new Due(entries.key(), DiskKey.parse(entries.key(), KEY_FROM)));
          entries.next();
        }
        entries.status();
        boolean more = entries.isValid() && entries.key()[0] == bucket;
        emptyBefore[bucket] = more ? time(entries.key()) : Long.MAX_VALUE;
        reached[bucket] = more ? entries.key() : null;
      }
    }
    return due;
  }

  private static boolean isIn(int bucket, byte[] entry, long wallMillis) {
    return entry != null && entry[0] == bucket && time(entry) <= wallMillis;
  }

  private static long time(byte[] entry) {
    return ByteBuffer.wrap(entry).getLong(1);
  }

  private static byte[] entry(int bucket, long atMillis, byte[] diskKey) {
    return ByteBuffer.allocate(KEY_FROM + diskKey.length).put((byte) bucket).putLong(atMillis).put(diskKey).array();
  }
}
