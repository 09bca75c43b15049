package dev.torc.engine;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Hint;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.wire.HintCodec;
import dev.torc.cluster.wire.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link WorkingSet} is for records, for the hints that one run of steps touches. Read one by one, from the disk: most are written and delivered, and not
 * looked at in between. A hint that cannot be read is troubled, and never taken for none.
 */
final class WorkingHints {
  private static final Logger LOG = LoggerFactory.getLogger(WorkingHints.class);
  private static final long ENOUGH_BYTES = 8 << 20;

  /** Whose, and of which key. */
  private record Id(NodeId owner, Key key) {}

  private final StoreMeters meters;
  private final Damage damage;
  private final Map<Id, HeldHint> byId = new LinkedHashMap<>();
  private final List<HeldHint> all = new ArrayList<>();

  WorkingHints(StoreMeters meters, Damage damage) {
    this.meters = meters;
    this.damage = damage;
  }

  void clear() {
    if (!all.isEmpty()) {
      byId.clear();
      all.clear();
    }
  }

  void gather(HintStep.OnKey step) {
    for (var owner : step.owners()) {
      gather(owner, step.key());
    }
  }

  List<HeldHint> all() {
    return all;
  }

  /** At least those of the first step; what was gathered behind a lot of bytes is left unread. @param first if it is one on hints */
  void read(Tables tables, HintStep.OnKey first) {
    long bytes = 0;
    int least = first == null ? 0 : first.owners().size();
    for (int i = 0; i < all.size() && (i < least || bytes < ENOUGH_BYTES); i++) {
      bytes += readFromDisk(tables, all.get(i));
    }
  }

  boolean isRead(HintStep.OnKey step) {
    return held(step).stream().allMatch(HeldHint::isRead);
  }

  /** The owners' hints, in their order. */
  List<HeldHint> held(HintStep.OnKey step) {
    var held = new ArrayList<HeldHint>(step.owners().size());
    for (var owner : step.owners()) {
      held.add(gather(owner, step.key()));
    }
    return held;
  }

  HeldHint gather(NodeId owner, Key key) {
    return byId.computeIfAbsent(new Id(owner, key), id -> {
      var held = new HeldHint(owner, key);
      all.add(held);
      return held;
    });
  }

  private long readFromDisk(Tables tables, HeldHint held) {
    try {
      var disk = HintKey.of(held.owner, held.key);
      var found = tables.hint(disk);
      held.loaded(found == null ? Hint.NONE : HintCodec.decode(found), found == null ? 0 : disk.length + found.length);
      return held.bytesBefore;
    } catch (RocksDBException | MalformedException cause) {
      meters.failedReads.increment();
      held.trouble = "a hint cannot be read: " + Database.line(cause);
      if (!damage.note("a hint of slot " + held.key.slot(), cause)) {
        LOG.error("{} (slot {})", held.trouble, held.key.slot());
      }
      return 0;
    }
  }
}
