package dev.torc.engine;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.cluster.wire.RecordCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that one run of steps touches, each once: first gathered, then read (the hot ones from memory, the others in pieces), then
 * changed by the steps in order. Reading ends early when it has brought in much, and so bounds what large values take at once; the rest is for the next run. What cannot be read is troubled, and never taken for absent.
 */
final class WorkingSet {
  private static final Logger LOG = LoggerFactory.getLogger(WorkingSet.class);
  /** A map that a large batch has grown is not worth clearing for a small one. */
  private static final int KEPT_KEYS = 512;

  /** Few, because each may be of the largest size and nobody knows before; one by one while they are large. */
  private static final int MAX_PIECE_KEYS = 8;
  private static final long LARGE_PIECE_BYTES = 1 << 20;
  private static final long ENOUGH_BYTES = 8 << 20;

  private final HotRecords hot;
  private final StoreMeters meters;
  private final Damage damage;
  private int pieceKeys = 1;
  private Map<Key, Held> byKey = new HashMap<>();
  private final List<Held> all = new ArrayList<>();
  private final List<Held> missing = new ArrayList<>();

  WorkingSet(HotRecords hot, StoreMeters meters, Damage damage) {
    this.hot = hot;
    this.meters = meters;
    this.damage = damage;
  }

  void clear() {
    if (all.size() > KEPT_KEYS) {
      byKey = new HashMap<>();
    } else {
      byKey.clear();
    }
    all.clear();
    missing.clear();
  }

  Held gather(Key key) {
    var known = byKey.get(key);
    if (known != null) {
      return known;
    }
    var held = new Held(key);
    byKey.put(key, held);
    all.add(held);
    var cached = hot.find(key);
    if (cached == null) {
      missing.add(held);
    } else {
      held.loaded(cached);
      held.isHot = true;
    }
    return held;
  }

  List<Held> all() {
    return all;
  }

  /** At least the first record; what was gathered behind a lot of bytes is left unread. */
  void read(Tables tables) {
    meters.hotHits.add(all.size() - missing.size());
    long bytes = 0;
    int from = 0;
    while (from < missing.size() && bytes < ENOUGH_BYTES) {
      var piece = missing.subList(from, Math.min(missing.size(), from + pieceKeys));
      long read = readPiece(tables, piece);
      pieceKeys = read > LARGE_PIECE_BYTES ? 1 : Math.min(MAX_PIECE_KEYS, 2 * pieceKeys);
      bytes += read;
      from += piece.size();
    }
    meters.hotMisses.add(from);
  }

  private long readPiece(Tables tables, List<Held> piece) {
    long bytes = 0;
    if (piece.size() == 1) {
      return readOne(tables, piece.getFirst());
    }
    var keys = new ArrayList<byte[]>(piece.size());
    for (var held : piece) {
      keys.add(DiskKey.of(held.key));
    }
    try {
      var found = tables.records(keys);
      for (int i = 0; i < found.size(); i++) {
        bytes += take(piece.get(i), found.set(i, null));
      }
    } catch (RocksDBException oneOfThem) {
      for (var held : piece) {
        bytes += readOne(tables, held);
      }
    }
    return bytes;
  }

  /** Leaves what stands on disk now for the next batch. */
  void keepHot() {
    for (int i = 0; i < all.size(); i++) {
      var held = all.get(i);
      if (held.now != null && (held.isChanged() || !held.isHot)) {
        hot.put(held.key, held.now);
      }
    }
  }

  void dropHot() {
    all.forEach(held -> hot.remove(held.key));
  }

  private long readOne(Tables tables, Held held) {
    try {
      return take(held, tables.record(DiskKey.of(held.key)));
    } catch (RocksDBException cause) {
      trouble(held, cause);
      return 0;
    }
  }

  private long take(Held held, byte[] found) {
    try {
      held.loaded(found == null ? StoredRecord.EMPTY : RecordCodec.decode(found));
    } catch (MalformedException cause) {
      trouble(held, cause);
    }
    return found == null ? 0 : found.length;
  }

  private void trouble(Held held, Exception cause) {
    meters.failedReads.increment();
    held.trouble = "a record cannot be read: " + Database.line(cause);
    if (!damage.note("a record of slot " + held.key.slot(), cause)) {
      LOG.error("{} (slot {})", held.trouble, held.key.slot());
    }
  }
}
