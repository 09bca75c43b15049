package dev.torc.engine;

import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer.Page;
import dev.torc.cluster.storage.StoreStep.Scan;
import dev.torc.cluster.wire.RecordCodec;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * One page of a scan over what is committed, in all shards. It looks at a bounded number of records and bytes, and stops only in front of
 * a position that it has not begun, because the cursor cannot tell the keys of one position apart.
 */
final class RecordScan {
  private static final int MAX_LOOKS = 1_000;
  private static final long MAX_BYTES = 8 << 20;
  private static final int HEAD = 8;

  private final Scan scan;
  private final long wallMillis;
  private final List<Bytes> keys = new ArrayList<>();
  private int looks;
  private long bytes;
  private byte[] last;

  RecordScan(Scan scan, long wallMillis) {
    this.scan = scan;
    this.wallMillis = wallMillis;
  }

  Page page(Tables tables) throws RocksDBException {
    try (var records = tables.iterate(Table.RECORDS)) {
      boolean sought = false;
      for (var range : scan.ranges()) {
        if (range.to() < scan.from().slot()) {
          continue;
        }
        var start = start(range);
        if (!sought || records.isValid() && DiskKey.slot(records.key(), 0) < range.from()) {
          if (isFull()) {
            return new Page(keys, start);
          }
          records.seek(DiskKey.of(start));
          looks++;
          sought = true;
        }
        var stop = readRange(records, range);
        if (stop != null) {
          return new Page(keys, stop);
        }
      }
      records.status();
      return new Page(keys, ScanPoint.END);
    }
  }

  /** Null if the range is done. */
  private ScanPoint readRange(RocksIterator records, SlotRange range) {
    for (; records.isValid(); records.next()) {
      var key = records.key();
      if (DiskKey.slot(key, 0) > range.to()) {
        return null;
      }
      if (isFull() && !sharesPosition(key)) {
        return new ScanPoint(DiskKey.slot(key, 0), DiskKey.position(key, 0));
      }
      look(key, records.value());
    }
    return null;
  }

  private void look(byte[] key, byte[] value) {
    looks++;
    bytes += value.length;
    last = key;
    if (RecordCodec.decode(value).isLive(wallMillis)) {
      keys.add(Bytes.of(Arrays.copyOfRange(key, HEAD, key.length)));
    }
  }

  private boolean isFull() { return keys.size() >= scan.limit() || looks >= MAX_LOOKS || bytes >= MAX_BYTES; }

  private boolean sharesPosition(byte[] key) {
    return last != null && Arrays.equals(key, 0, HEAD, last, 0, HEAD);
  }

  private ScanPoint start(SlotRange range) {
    var first = new ScanPoint(range.from(), 0);
    return first.compareTo(scan.from()) > 0 ? first : scan.from();
  }
}
