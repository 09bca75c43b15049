package dev.torc.engine;

import dev.torc.cluster.ring.Slot;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Under which identity this shard stamps in each slot: minted on first use, on disk with the first write that bears it. */
final class Actors {
  private static final long NONE = 0;

  private final RandomGenerator ids;
  private final long[] actors = new long[Slot.COUNT];
  private final BitSet minted = new BitSet();
  private final BooleanSupplier isInDoubt;
  /** Who stamps while it is doubtful whether the database is the latest; nobody but this process knows of them. */
  private final TreeMap<Integer, Long> inDoubt = new TreeMap<>();

  Actors(RandomGenerator ids, BooleanSupplier isInDoubt) {
    this.ids = ids;
    this.isInDoubt = isInDoubt;
  }

  long of(int slot) {
    if (isInDoubt.getAsBoolean()) {
      return inDoubt.computeIfAbsent(slot, unknown -> fresh());
    }
    if (actors[slot] == NONE) {
      while (actors[slot] == NONE) {
        actors[slot] = ids.nextLong();
      }
      minted.set(slot);
    }
    return actors[slot];
  }

  /** One that nobody has had before. */
  long fresh() {
    long id = ids.nextLong();
    return id == NONE ? fresh() : id;
  }

  void forget() {
    Arrays.fill(actors, NONE);
    minted.clear();
  }

  /** Those of the present era. */
  void load(Tables tables, long era) throws RocksDBException {
    forget();
    try (var all = tables.iterate(Table.META)) {
      all.seek(MetaKey.ACTOR);
      while (all.isValid() && Incarnation.startsWith(all.key(), MetaKey.ACTOR)) {
        var entry = ByteBuffer.wrap(all.value());
        if (entry.getLong() == era) {
          actors[DiskKey.slot(all.key(), MetaKey.ACTOR.length)] = entry.getLong();
        }
        all.next();
      }
      all.status();
    }
  }

  /** From now on another one stamps in the slot. Adds it to the batch; to be forgotten if that is not written. */
  void renew(Tables tables, WriteBatch batch, long era, int slot) throws RocksDBException {
    actors[slot] = fresh();
    write(tables, batch, era, slot);
  }

  /** Adds those that were minted since the last write that succeeded. */
  void write(Tables tables, WriteBatch batch, long era) throws RocksDBException {
    if (minted.isEmpty()) {
      return;
    }
    for (int slot = minted.nextSetBit(0); slot >= 0; slot = minted.nextSetBit(slot + 1)) {
      write(tables, batch, era, slot);
    }
  }

  private void write(Tables tables, WriteBatch batch, long era, int slot) throws RocksDBException {
    var value = ByteBuffer.allocate(2 * Long.BYTES).putLong(era).putLong(actors[slot]).array();
    tables.put(batch, Table.META, MetaKey.numbered(MetaKey.ACTOR, slot), value);
  }

  void onWritten() {
    if (!minted.isEmpty()) {
      minted.clear();
    }
  }
}
