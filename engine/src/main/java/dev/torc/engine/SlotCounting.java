package dev.torc.engine;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.wire.RecordCodec;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Counts a shard's slots again after an unclean stop, piece by piece between batches. A write in the slot at hand, behind the place where the
 * count stands, goes into the count so far; one ahead of it will be met; one in a slot that is not counted yet needs no note.
 */
final class SlotCounting {
  private static final int LOOKS = 500;
  private static final long BYTES = 4 << 20;

  private final SlotCounts counts;
  private final int shard;
  private final int shards;
  private ScanPoint next;
  private long soFar;

  SlotCounting(SlotCounts counts, int shard, int shards) {
    this.counts = counts;
    this.shard = shard;
    this.shards = shards;
    this.next = new ScanPoint(shard, 0);
  }

  void begin() {
    next = new ScanPoint(shard, 0);
    soFar = 0;
  }

  boolean isDone() { return next.isEnd(); }

  void onChanged(Key key, int delta) {
    if (delta == 0) {
      return;
    }
    if (counts.isCounted(key.slot())) {
      counts.add(key.slot(), delta);
    } else if (key.slot() == next.slot() && next.isBehind(key)) {
      soFar += delta;
    }
  }

  /** A bounded piece of the work. */
  void onIdle(Tables tables) throws RocksDBException {
    skipCounted();
    if (isDone()) {
      return;
    }
    try (var records = tables.iterate(Table.RECORDS)) {
      records.seek(DiskKey.of(next));
      var budget = new Budget();
      while (!isDone() && !budget.isSpent()) {
        if (!records.isValid()) {
          records.status();
          finishSlotsBefore(Slot.COUNT);
        } else if (DiskKey.slot(records.key(), 0) != next.slot()) {
          finishSlotsBefore(DiskKey.slot(records.key(), 0));
          seekOwn(records, budget);
        } else {
          count(records, budget);
        }
      }
    }
  }

  /** All keys of one position. */
  private void count(RocksIterator records, Budget budget) {
    var here = new ScanPoint(next.slot(), DiskKey.position(records.key(), 0));
    var last = here;
    while (records.isValid() && DiskKey.slot(records.key(), 0) == here.slot()
        && DiskKey.position(records.key(), 0) == here.position()) {
      var value = records.value();
      soFar += Held.hasValue(RecordCodec.decode(value)) ? 1 : 0;
      budget.spend(value.length);
      last = ScanPoint.after(DiskKey.parse(records.key(), 0));
      records.next();
    }
    if (last.slot() == here.slot()) {
      next = last;
    } else {
      finishSlot();
    }
  }

  private void seekOwn(RocksIterator records, Budget budget) {
    if (!isDone() && DiskKey.slot(records.key(), 0) < next.slot()) {
      records.seek(DiskKey.of(next));
      budget.spend(0);
    }
  }

  private void finishSlotsBefore(int slot) {
    while (!isDone() && next.slot() < slot) {
      finishSlot();
    }
  }

  private void finishSlot() {
    counts.set(next.slot(), soFar);
    advance();
    skipCounted();
  }

  private void skipCounted() {
    while (!isDone() && counts.isCounted(next.slot())) {
      advance();
    }
  }

  private void advance() {
    int following = next.slot() + shards;
    next = following >= Slot.COUNT ? ScanPoint.END : new ScanPoint(following, 0);
    soFar = 0;
  }

  private static final class Budget {
    private int looks = LOOKS;
    private long bytes = BYTES;

    void spend(int valueBytes) {
      looks--;
      bytes -= valueBytes;
    }

    boolean isSpent() { return looks <= 0 || bytes <= 0; }
  }
}
