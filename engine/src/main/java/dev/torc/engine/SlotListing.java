package dev.torc.engine;

import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.wire.AcceptorCodec;
import dev.torc.cluster.wire.RecordCodec;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;

/** One page of what is committed of a range of slots, in all shards. Stops only in front of a position that it has not begun, as {@link RecordScan} does. */
final class SlotListing {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_KEYS = 4_096;
  private static final int HEAD = 8;

  private interface Taker<V> {
    V take(Bytes key, byte[] value);
  }

  private SlotListing() {}

  static StoreAnswer told(SlotStep.Listing listing, Tables tables, SlotBook book) throws RocksDBException {
    var page = page(listing, tables);
    return book.isCatchingUp() && listing.isToldInPart(book::wholeness, page.next())
        ? new StoreAnswer.Partly(page)
        : page;
  }

  private static SlotAnswer page(SlotStep.Listing listing, Tables tables) throws RocksDBException {
    return switch (listing) {
      case SlotStep.Records it -> {
        var records = new ArrayList<SlotAnswer.Kept>();
        var next = read(it, Table.RECORDS, tables, records,
            (key, value) -> new SlotAnswer.Kept(key, RecordCodec.decode(value)));
        yield new SlotAnswer.Records(records, next);
      }
      case SlotStep.Acceptors it -> {
        var states = new ArrayList<SlotAnswer.Remembered>();
        var next = read(it, Table.ACCEPTORS, tables, states,
            (key, value) -> new SlotAnswer.Remembered(key, AcceptorCodec.decode(value)));
        yield new SlotAnswer.Acceptors(states, next);
      }
    };
  }

  private static <V> ScanPoint read(SlotStep.Listing listing, Table table, Tables tables, List<V> into, Taker<V> taker)
      throws RocksDBException {
    var range = listing.range();
    var first = new ScanPoint(range.from(), 0);
    int maxBytes = Math.clamp(listing.maxBytes(), 1, MAX_BYTES);
    long bytes = 0;
    byte[] last = null;
    try (var all = tables.iterate(table)) {
      all.seek(DiskKey.of(first.compareTo(listing.from()) > 0 ? first : listing.from()));
      for (; all.isValid() && DiskKey.slot(all.key(), 0) <= range.to(); all.next()) {
        var key = all.key();
        boolean parts = last != null && !Arrays.equals(key, 0, HEAD, last, 0, HEAD);
        if (parts && (bytes >= maxBytes || into.size() >= MAX_KEYS)) {
          return new ScanPoint(DiskKey.slot(key, 0), DiskKey.position(key, 0));
        }
        var value = all.value();
        into.add(taker.take(Bytes.of(Arrays.copyOfRange(key, HEAD, key.length)), value));
        bytes += key.length + value.length;
        last = key;
      }
      all.status();
      return ScanPoint.END;
    }
  }
}
