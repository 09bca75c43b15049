package dev.torc.engine;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.wire.AcceptorCodec;
import dev.torc.cluster.wire.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link WorkingSet} is for records, for the acceptors' states that one run of steps touches. Read one by one: what changes is synced before it is
 * answered, and beside that a read is cheap. A state that cannot be read is troubled, and never taken for one that promised nothing.
 */
final class WorkingAcceptors {
  private static final Logger LOG = LoggerFactory.getLogger(WorkingAcceptors.class);
  private static final long ENOUGH_BYTES = 8 << 20;

  private final HotRecords hot;
  private final StoreMeters meters;
  private final Damage damage;
  private final Map<Key, HeldAcceptor> byKey = new LinkedHashMap<>();
  private final List<HeldAcceptor> all = new ArrayList<>();

  WorkingAcceptors(HotRecords hot, StoreMeters meters, Damage damage) {
    this.hot = hot;
    this.meters = meters;
    this.damage = damage;
  }

  void clear() {
    if (!all.isEmpty()) {
      byKey.clear();
      all.clear();
    }
  }

  HeldAcceptor gather(Held record) {
    var known = byKey.get(record.key);
    if (known != null) {
      return known;
    }
    var held = new HeldAcceptor(record);
    byKey.put(record.key, held);
    all.add(held);
    return held;
  }

  List<HeldAcceptor> all() {
    return all;
  }

  /** At least the first state; what was gathered behind a lot of bytes is left unread. */
  void read(Tables tables) {
    long bytes = 0;
    for (int i = 0; i < all.size() && bytes < ENOUGH_BYTES; i++) {
      var held = all.get(i);
      var cached = hot.acceptors().find(held.key);
      if (cached == null) {
        bytes += readFromDisk(tables, held);
      } else {
        held.loaded(cached);
      }
    }
  }

  /** Leaves what stands on disk now for the next batch. */
  void keepHot() {
    if (all.isEmpty()) {
      return;
    }
    for (var held : all) {
      if (held.now == AcceptorState.EMPTY) {
        hot.acceptors().remove(held.key);
      } else if (held.now != null) {
        hot.acceptors().put(held.key, held.now);
      }
    }
    hot.trim();
  }

  void dropHot() {
    all.forEach(held -> hot.acceptors().remove(held.key));
  }

  private long readFromDisk(Tables tables, HeldAcceptor held) {
    try {
      var found = tables.acceptor(DiskKey.of(held.key));
      held.loaded(found == null ? AcceptorState.EMPTY : AcceptorCodec.decode(found));
      return found == null ? 0 : found.length;
    } catch (RocksDBException | MalformedException cause) {
      meters.failedReads.increment();
      held.trouble = "an acceptor's state cannot be read: " + Database.line(cause);
      if (!damage.note("an acceptor's state of slot " + held.key.slot(), cause)) {
        LOG.error("{} (slot {})", held.trouble, held.key.slot());
      }
      return 0;
    }
  }
}
