package dev.torc.engine;

import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.time.HybridClock;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A ceiling on disk above all readings of a shard's clock that are in any write, so that the next process begins above them although the wall clock
 * may have been set back. Moved by the very write that goes above it, about once a second, and only a second ahead: a clock that began further
 * ahead than the others' clocks may differ would stamp what no other node believes.
 */
final class ClockLease {
  private static final long AHEAD = Hlc.atMillis(1_000);

  private final byte[] key;
  private final HybridClock clock;
  private long ceiling;
  private long next;

  ClockLease(int shard, HybridClock clock) {
    this.key = MetaKey.numbered(MetaKey.LEASE, shard);
    this.clock = clock;
  }

  void write(Tables tables, WriteBatch batch) throws RocksDBException {
    next = ceiling;
    if (clock.last() > ceiling) {
      next = clock.last() + AHEAD;
      tables.put(batch, Table.META, key, Incarnation.number(next));
    }
  }

  void onWritten() {
    ceiling = next;
  }

  /** Of an opening that ended, nothing on disk is certain. */
  void forget() {
    ceiling = 0;
  }
}
