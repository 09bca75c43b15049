package dev.torc.engine;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.SlotStates;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.Wholeness;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What the store knows of each slot beside its records, as it stands in {@link Table#META}: since when it is catching up, and below which ballots it takes part in no
 * round. A slot's shard changes it, after it is on disk; anybody reads how whole it is.
 */
final class SlotBook implements SlotStates {
  private static final long WHOLE = 0;
  private static final long AWAITS_SALVAGE = Long.MIN_VALUE;

  /** Per slot: the era, times 4, and 2 if it lacks records, and 1 if it lacks promises; negative while a database that was set aside is to be asked for it. */
  private final AtomicLongArray marks = new AtomicLongArray(Slot.COUNT);
  private final AtomicInteger catchingUp = new AtomicInteger();
  private final AtomicInteger awaiting = new AtomicInteger();
  private volatile boolean isInDoubt;
  /** Read and written by the slot's shard alone, once the database is open. */
  private final Ballot[] floors = new Ballot[Slot.COUNT];

  /**
   * As the tables have it; nobody else looks meanwhile.
   *
   * @param hasSalvage whether there is a database that was set aside and is to be asked: else no slot waits for that
   */
  void load(Tables tables, boolean hasSalvage) throws RocksDBException {
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      setMark(slot, WHOLE);
    }
    Arrays.fill(floors, Ballot.NONE);
    long kept = hasSalvage ? -1 : ~AWAITS_SALVAGE;
    each(tables, MetaKey.CATCHING_UP, (slot, value) -> setMark(slot, value.getLong() & kept));
    each(tables, MetaKey.FLOOR, (slot, value) -> floors[slot] = new Ballot(value.getLong(), value.getLong()));
  }

  /**
   * Adds to the batch that every slot is catching up since that era, and that promises may be lost where they were before already.
   *
   * @param salvage whether every slot is to be looked for in a database that was set aside; else those are that were before
   */
  static void forgetAll(Tables tables, WriteBatch batch, long era, boolean promises, boolean salvage)
      throws RocksDBException {
    var before = new long[Slot.COUNT];
    each(tables, MetaKey.CATCHING_UP, (slot, value) -> before[slot] = value.getLong());
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      long awaits = salvage ? AWAITS_SALVAGE : before[slot] & AWAITS_SALVAGE;
      put(tables, batch, slot, mark(parse(before[slot]).forget(era, promises)) | awaits);
    }
  }

  @Override
  public Wholeness wholeness(int slot) {
    return parse(marks.getOpaque(slot));
  }

  /** Whether the database may be an older copy ({@link RocksEngine#doubt}). */
  boolean isInDoubt() { return isInDoubt; }

  void doubt(boolean newDoubt) {
    isInDoubt = newDoubt;
  }

  /** How far the replica may be believed at this moment: in doubt it does not know what it has promised, though there is nothing to catch up with. @param era the present one */
  Wholeness believed(int slot, long era) {
    var known = wholeness(slot);
    return isInDoubt ? new Wholeness(known.isWhole() ? era : known.since(), known.lacksRecords(), true) : known;
  }

  @Override
  public boolean isCatchingUp() { return catchingUp.get() > 0; }

  @Override
  public boolean awaitsSalvage(int slot) {
    return marks.getOpaque(slot) < 0;
  }

  /** How many slots do. */
  int awaiting() {
    return awaiting.get();
  }

  /** There is nothing to be had of what was set aside. */
  void giveUpSalvage() {
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      setMark(slot, marks.get(slot) & ~AWAITS_SALVAGE);
    }
  }

  /** Whether all of those slots have their records that lie in the ranges and from {@code first} to {@code last}. */
  private boolean haveRecords(List<SlotRange> ranges, int first, int last) {
    if (!isCatchingUp()) {
      return true;
    }
    for (var range : ranges) {
      for (int slot = Math.max(first, range.from()); slot <= Math.min(last, range.to()); slot++) {
        if (wholeness(slot).lacksRecords()) {
          return false;
        }
      }
    }
    return true;
  }

  /** The answer, in parts if one of those slots lacks records. */
  StoreAnswer told(StoreAnswer answer, List<SlotRange> ranges, ScanPoint from, ScanPoint to) {
    return haveRecords(ranges, from.slot(), to.slot()) ? answer : new StoreAnswer.Partly(answer);
  }

  Ballot floor(int slot) {
    return floors[slot];
  }

  static void writeFloor(Tables tables, WriteBatch batch, int slot, Ballot floor) throws RocksDBException {
    var value = ByteBuffer.allocate(2 * Long.BYTES).putLong(floor.counter()).putLong(floor.proposer()).array();
    tables.put(batch, Table.META, MetaKey.numbered(MetaKey.FLOOR, slot), value);
  }

  void onFloor(int slot, Ballot floor) {
    floors[slot] = floor;
  }

  /** Of a slot that does not wait to be salvaged, or does not any more. */
  static void write(Tables tables, WriteBatch batch, int slot, Wholeness wholeness) throws RocksDBException {
    put(tables, batch, slot, mark(wholeness));
  }

  private static void put(Tables tables, WriteBatch batch, int slot, long mark) throws RocksDBException {
    var key = MetaKey.numbered(MetaKey.CATCHING_UP, slot);
    if (mark == WHOLE) {
      tables.delete(batch, Table.META, key);
    } else {
      tables.put(batch, Table.META, key, Incarnation.number(mark));
    }
  }

  void onWholeness(int slot, Wholeness wholeness) {
    setMark(slot, mark(wholeness));
  }

  private static long mark(Wholeness wholeness) {
    return wholeness.since() << 2 | (wholeness.lacksRecords() ? 2 : 0) | (wholeness.lacksPromises() ? 1 : 0);
  }

  private static Wholeness parse(long marked) {
    long mark = marked & ~AWAITS_SALVAGE;
    return mark == WHOLE ? Wholeness.WHOLE : new Wholeness(mark >>> 2, (mark & 2) != 0, (mark & 1) != 0);
  }

  private void setMark(int slot, long mark) {
    long before = marks.getAndSet(slot, mark);
    catchingUp.addAndGet((mark == WHOLE ? 0 : 1) - (before == WHOLE ? 0 : 1));
    awaiting.addAndGet((mark < 0 ? 1 : 0) - (before < 0 ? 1 : 0));
  }

  private interface Entry {
    void on(int slot, ByteBuffer value);
  }

  private static void each(Tables tables, byte[] prefix, Entry entry) throws RocksDBException {
    try (var all = tables.iterate(Table.META)) {
      for (all.seek(prefix); all.isValid() && Incarnation.startsWith(all.key(), prefix); all.next()) {
        entry.on(DiskKey.slot(all.key(), prefix.length), ByteBuffer.wrap(all.value()));
      }
      all.status();
    }
  }
}
