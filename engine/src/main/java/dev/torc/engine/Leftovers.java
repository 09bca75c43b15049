package dev.torc.engine;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer.Page;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.wire.AcceptorCodec;
import dev.torc.cluster.wire.RecordCodec;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Which keys may be reaped one day, so that the reaper need not read all records to find the few tombstones. An entry comes with the last value's end, and goes when there
 * is a value again or nothing at all. Of a key that had no record, only promises, and then gets a value, the entry may stay; whoever lists looks twice.
 */
final class Leftovers {
  private static final byte[] NOTHING = {};
  private static final int MAX_LOOKS = 1_000;

  private Leftovers() {}

  /** Adds what a change of a record means to its entry. */
  static void write(Tables tables, WriteBatch batch, Held held, byte[] diskKey, boolean mayHavePromises)
      throws RocksDBException {
    boolean was = isDeleted(held.before);
    boolean is = isDeleted(held.now);
    boolean mayBeListed = was || held.before.isEmpty() && mayHavePromises;
    if (is && !was) {
      tables.put(batch, Table.LEFTOVERS, diskKey, NOTHING);
    } else if (!is && mayBeListed) {
      tables.delete(batch, Table.LEFTOVERS, diskKey);
    }
  }

  /** The same for what is remembered of a key's strong operations. */
  static void write(Tables tables, WriteBatch batch, HeldAcceptor held, StoredRecord record, byte[] diskKey)
      throws RocksDBException {
    if (record.isEmpty() && held.now != AcceptorState.EMPTY) {
      tables.put(batch, Table.LEFTOVERS, diskKey, NOTHING);
    } else if (record.isEmpty()) {
      // Nor was there a record before, or that has taken it away already: of a key that never had one nobody else would.
      tables.delete(batch, Table.LEFTOVERS, diskKey);
    }
  }

  private static boolean isDeleted(StoredRecord record) {
    return !record.isEmpty() && ReapStep.isLeftover(record, AcceptorState.EMPTY);
  }

  /** One page of the listing. */
  static Page page(StoreStep.Leftovers asked, Tables tables) throws RocksDBException {
    var keys = new ArrayList<Bytes>();
    int looks = 0;
    try (var entries = tables.iterate(Table.LEFTOVERS)) {
      for (var range : asked.ranges()) {
        var start = later(asked.from(), new ScanPoint(range.from(), 0));
        for (entries.seek(DiskKey.of(start)); isWithin(range, entries); entries.next()) {
          var key = DiskKey.parse(entries.key(), 0);
          if (keys.size() >= asked.limit() || looks++ >= MAX_LOOKS) {
            return new Page(keys, new ScanPoint(key.slot(), key.position()));
          }
          look(key, entries.key(), asked.beforeHlc(), tables, keys);
        }
      }
      entries.status();
    }
    return new Page(keys, ScanPoint.END);
  }

  private static void look(Key key, byte[] diskKey, long beforeHlc, Tables tables, List<Bytes> keys)
      throws RocksDBException {
    var found = tables.record(diskKey);
    var record = found == null ? StoredRecord.EMPTY : RecordCodec.decode(found);
    if (!record.isEmpty() && !isDeleted(record)) {
      return;
    }
    var remembered = tables.acceptor(diskKey);
    var state = remembered == null ? AcceptorState.EMPTY : AcceptorCodec.decode(remembered);
    if (ReapStep.isLeftover(record, state) && ReapStep.latestHlc(record, state) < beforeHlc) {
      keys.add(key.bytes());
    }
  }

  private static boolean isWithin(SlotRange range, RocksIterator entries) {
    return entries.isValid() && DiskKey.slot(entries.key(), 0) <= range.to();
  }

  private static ScanPoint later(ScanPoint one, ScanPoint other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
