package dev.torc.engine;

import dev.torc.cluster.storage.HintAnswer.Listed;
import dev.torc.cluster.storage.HintAnswer.Pending;
import dev.torc.cluster.storage.HintAnswer.Tally;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.wire.HintCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;

/** Lists of hints, as they are committed, in all shards; as many bytes at once as are good for one event loop. */
final class HintScan {
  private static final long ENOUGH_BYTES = 1 << 20;

  private final Tables tables;
  private final List<Pending> hints = new ArrayList<>();
  private long bytes;

  HintScan(Tables tables) {
    this.tables = tables;
  }

  Listed list(HintStep.ListKept list) throws RocksDBException {
    var first = list.after().map(key -> HintKey.of(list.owner(), key)).orElseGet(() -> HintKey.of(list.owner()));
    try (var all = tables.iterate(Table.HINTS)) {
      for (all.seek(first); all.isValid() && HintKey.owner(all.key()).equals(list.owner()); all.next()) {
        if (isFull(list.limit())) {
          return new Listed(hints, false);
        }
        if (list.after().isEmpty() || !Arrays.equals(all.key(), first)) {
          take(all.key(), all.value());
        }
      }
      all.status();
    }
    return new Listed(hints, true);
  }

  Listed list(HintStep.ListOldest list) throws RocksDBException {
    try (var ages = tables.iterate(Table.HINT_AGES)) {
      for (ages.seek(HintKey.from(list.fromMillis())); ages.isValid(); ages.next()) {
        if (isFull(list.limit())) {
          return new Listed(hints, false);
        }
        var aged = ages.key();
        var key = Arrays.copyOfRange(aged, HintKey.AGE_BYTES, aged.length);
        var found = tables.hint(key);
        if (found != null) {
          take(key, found);
        }
      }
      ages.status();
    }
    return new Listed(hints, true);
  }

  Tally tally() throws RocksDBException {
    try (var ages = tables.iterate(Table.HINT_AGES)) {
      ages.seekToFirst();
      long oldest = ages.isValid() ? HintKey.age(ages.key()) : Tally.NONE;
      ages.status();
      return new Tally(tables.hints().owners(), oldest, tables.hints().missed());
    }
  }

  private void take(byte[] key, byte[] value) {
    bytes += value.length;
    hints.add(new Pending(HintKey.owner(key), HintKey.key(key), HintCodec.decode(value), key.length + value.length));
  }

  private boolean isFull(int limit) {
    return hints.size() >= limit || bytes >= ENOUGH_BYTES;
  }
}
