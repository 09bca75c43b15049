package dev.torc.engine;

import dev.torc.cluster.policy.ReplicaCounts;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.RecordHash;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.TreeNodes;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.cluster.wire.RecordCodec;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Keeps what is known of a shard's slots beside the records: how many keys, and the hashes of their trees. Each committed write changes it; after an unclean stop, and now and
 * then to see whether the disk still says the same, it reads the records anew, piece by piece between batches. A write in the slot at hand, behind the place where
 * the reading stands, goes into the figures so far; one ahead of it will be met; one in a slot that is not known yet needs no note.
 *
 * <p>A slot that cannot be read is reported and passed over; as far as it is known it holds what could be read, and so differs from the other replicas'.
 */
final class SlotRebuild {
  private static final long BYTES = 4 << 20;

  private final SlotCounts counts;
  private final HashForest forest;
  private final SlotFindings findings;
  private final int shard;
  private final int shards;
  private final SlotFigures soFar = new SlotFigures();
  private ReplicaCounts partition;
  private ScanPoint next;
  private boolean checks;

  SlotRebuild(SlotKnowledge slots, SlotFindings findings, int shard, int shards) {
    this.counts = slots.counts();
    this.forest = slots.forest();
    this.findings = findings;
    this.partition = forest.counts();
    this.shard = shard;
    this.shards = shards;
    this.next = new ScanPoint(shard, 0);
  }

  /** Reads what is not known. */
  void begin() {
    restart(false);
  }

  /** Reads everything, unless it is at that. */
  void beginCheck() {
    skipKnown();
    if (isDone()) {
      restart(true);
    }
  }

  /** Whether it looks for what has changed by itself: nobody waits for that. */
  boolean isChecking() { return checks; }

  /** Keys may have another N than before: then all trees are built anew. */
  void partitionBy(ReplicaCounts replicas) {
    if (replicas != partition) {
      for (int slot = shard; slot < Slot.COUNT; slot += shards) {
        forest.clear(slot);
      }
      restart(false);
    }
    partition = replicas;
  }

  boolean isDone() { return next.isEnd(); }

  /** What was written is committed. */
  void onChanged(Held held) {
    var key = held.key;
    int delta = held.countDelta();
    long difference = RecordHash.of(key, held.before) ^ RecordHash.of(key, held.now);
    int replicas = partition.of(key.bytes());
    if (delta != 0 && counts.isCounted(key.slot())) {
      counts.add(key.slot(), delta);
    }
    if (forest.isBuilt(key.slot())) {
      forest.change(replicas, TreeNodes.leaf(key), difference);
    }
    if (key.slot() == next.slot() && next.isBehind(key)) {
      soFar.add(delta, replicas, TreeNodes.leaf(key), difference);
    }
  }

  /** A piece of the work: about so many records. */
  void onIdle(Tables tables, int looks) throws RocksDBException {
    skipKnown();
    if (isDone()) {
      return;
    }
    try (var records = tables.iterate(Table.RECORDS)) {
      records.seek(DiskKey.of(next));
      var budget = new Budget(looks);
      while (!isDone() && !budget.isSpent()) {
        if (!records.isValid()) {
          records.status();
          finishSlotsBefore(Slot.COUNT);
        } else if (DiskKey.slot(records.key(), 0) != next.slot()) {
          finishSlotsBefore(DiskKey.slot(records.key(), 0));
          seekOwn(records, budget);
        } else {
          read(records, budget);
        }
      }
    } catch (RocksDBException | MalformedException unreadable) {
      passOver(unreadable);
    }
  }

  /** All keys of one position. */
  private void read(RocksIterator records, Budget budget) {
    var here = new ScanPoint(next.slot(), DiskKey.position(records.key(), 0));
    var last = here;
    while (records.isValid() && DiskKey.slot(records.key(), 0) == here.slot()
        && DiskKey.position(records.key(), 0) == here.position()) {
      var value = records.value();
      var key = DiskKey.parse(records.key(), 0);
      add(key, RecordCodec.decode(value));
      budget.spend(value.length);
      last = ScanPoint.after(key);
      records.next();
    }
    if (last.slot() == here.slot()) {
      next = last;
    } else {
      finishSlot();
    }
  }

  private void add(Key key, StoredRecord record) {
    soFar.add(Held.hasValue(record) ? 1 : 0, partition.of(key.bytes()), TreeNodes.leaf(key),
        RecordHash.of(key, record));
  }

  private void seekOwn(RocksIterator records, Budget budget) {
    if (!isDone() && DiskKey.slot(records.key(), 0) < next.slot()) {
      records.seek(DiskKey.of(next));
      budget.spend(0);
    }
  }

  private void passOver(Exception unreadable) {
    int slot = next.slot();
    findings.onUnreadable(slot, unreadable);
    if (!isKnown(slot)) {
      soFar.store(slot, counts, forest);
    }
    advance();
    skipKnown();
  }

  private void finishSlotsBefore(int slot) {
    while (!isDone() && next.slot() < slot) {
      finishSlot();
    }
  }

  private void finishSlot() {
    int slot = next.slot();
    boolean wasKnown = isKnown(slot);
    if (wasKnown && !soFar.equals(slot, counts, forest)) {
      findings.onDifference(slot);
    }
    soFar.store(slot, counts, forest);
    advance();
    skipKnown();
  }

  private void skipKnown() {
    while (!checks && !isDone() && isKnown(next.slot())) {
      advance();
    }
  }

  private boolean isKnown(int slot) {
    return counts.isCounted(slot) && forest.isBuilt(slot);
  }

  private void advance() {
    int following = next.slot() + shards;
    next = following >= Slot.COUNT ? ScanPoint.END : new ScanPoint(following, 0);
    soFar.clear();
    checks &= !next.isEnd();
  }

  private void restart(boolean everything) {
    next = new ScanPoint(shard, 0);
    checks = everything;
    soFar.clear();
  }

  private static final class Budget {
    private int looks;
    private long bytes = BYTES;

    private Budget(int looks) {
      this.looks = looks;
    }

    void spend(int valueBytes) {
      looks--;
      bytes -= valueBytes;
    }

    boolean isSpent() { return looks <= 0 || bytes <= 0; }
  }
}
