package dev.torc.engine;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.wire.HintCodec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The hints' part in a shard's commit: themselves, when they began, and how many there are. */
final class HintCommit {
  private final int shard;
  private final Map<NodeId, HintTally.Part> changed = new TreeMap<>();

  HintCommit(int shard) {
    this.shard = shard;
  }

  void write(Tables tables, WriteBatch batch, List<HeldHint> touched) throws RocksDBException {
    changed.clear();
    for (var held : touched) {
      if (held.isChanged()) {
        write(tables, batch, held);
      }
    }
    for (var part : changed.entrySet()) {
      tables.put(batch, Table.META, HintTally.key(shard, part.getKey()), part.getValue().toBytes());
    }
  }

  void onWritten(Tables tables) {
    if (!changed.isEmpty()) {
      changed.forEach((owner, part) -> tables.hints().put(shard, owner, part));
      changed.clear();
    }
  }

  private void write(Tables tables, WriteBatch batch, HeldHint held) throws RocksDBException {
    var key = HintKey.of(held.owner, held.key);
    long bytes = 0;
    if (held.now.isNone()) {
      tables.delete(batch, Table.HINTS, key);
      tables.delete(batch, Table.HINT_AGES, HintKey.aged(held.before.sinceMillis(), key));
    } else {
      var value = HintCodec.encode(held.now);
      bytes = key.length + value.length;
      tables.put(batch, Table.HINTS, key, value);
      if (held.now.sinceMillis() != held.before.sinceMillis()) {
        if (!held.before.isNone()) {
          tables.delete(batch, Table.HINT_AGES, HintKey.aged(held.before.sinceMillis(), key));
        }
        tables.put(batch, Table.HINT_AGES, HintKey.aged(held.now.sinceMillis(), key), new byte[0]);
      }
    }
    int more = (held.now.isNone() ? 0 : 1) - (held.before.isNone() ? 0 : 1);
    var part = changed.get(held.owner);
    changed.put(held.owner, (part == null ? tables.hints().part(shard, held.owner) : part)
        .plus(more, bytes - held.bytesBefore, held.missedMillis));
  }
}
