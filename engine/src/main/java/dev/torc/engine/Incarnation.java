package dev.torc.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * One opening of the database, and what may be believed of the one before it. An actor's entry in a version vector claims that every dot of that
 * actor was seen, so a replica that may have forgotten a write must never stamp as that actor again. Actors on disk carry the <em>era</em> in
 * which they were minted and count only in that era; a new era forgets them all in one write.
 *
 * <p>The era goes on after a clean stop, and after a death of the process alone: under the same kernel boot all that was written is still in the
 * page cache. It is a new one after anything else: a power cut, a failed write, a database that had to be opened again, an absence longer than others keep what it
 * missed. With a new era every slot begins to catch up ({@link SlotBook}).
 *
 * @param counts how many keys each slot holds, if the stop was a clean one
 * @param clockFloor above which the clocks must begin
 */
record Incarnation(long era, Optional<SlotCounts> counts, long clockFloor) {
  private static final long FIRST_ERA = 1;

  /**
   * @param forgotten what is known to be lost before the tables are asked
   * @param wasAway for longer than the others keep hints, though nothing that is here was lost
   * @param after the era of what was open in this process before; 0 at its start
   * @param salvage whether there is a database that was set aside, of which new tables are to be filled
   * @param slots gets the trees that the stop left, if it was a clean one; else they stay to be built
   */
  static Incarnation begin(Tables tables, BootMark boot, Forgotten forgotten, boolean wasAway, long after,
      boolean salvage, SlotKnowledge slots) throws RocksDBException, IOException {
    long before = tables.metaNumber(MetaKey.ERA, 0);
    boolean fresh = before == 0;
    boolean clean = forgotten == Forgotten.NOTHING && tables.meta(MetaKey.CLEAN) != null;
    boolean kept = forgotten == Forgotten.NOTHING && !wasAway && (clean && boot.exists() || boot.isOfThisBoot());
    long era = Math.max(fresh ? FIRST_ERA : kept ? before : before + 1, fresh ? after + 1 : 0);
    var saved = clean ? tables.meta(MetaKey.COUNTS) : null;
    var counts = fresh ? SlotCounts.zero() : saved == null ? null : SlotCounts.parse(saved);
    slots.loadForest(tables, fresh, clean);
    try (var batch = new WriteBatch()) {
      ForestFile.remove(tables, batch);
      tables.put(batch, Table.META, MetaKey.ERA, number(era));
      tables.delete(batch, Table.META, MetaKey.CLEAN);
      tables.delete(batch, Table.META, MetaKey.COUNTS);
      if (fresh ? forgotten != Forgotten.NOTHING : !kept) {
        SlotBook.forgetAll(tables, batch, era, forgotten == Forgotten.EVERYTHING, fresh && salvage);
      }
      tables.writeSynced(batch);
    }
    boot.write();
    return new Incarnation(era, Optional.ofNullable(counts), greatestLease(tables));
  }

  /** The last write before a clean stop. */
  static void end(Tables tables, SlotKnowledge slots, long[] clocks) throws RocksDBException {
    try (var batch = new WriteBatch()) {
      for (int shard = 0; shard < EngineConfig.MAX_SHARDS; shard++) {
        var key = MetaKey.numbered(MetaKey.LEASE, shard);
        if (shard < clocks.length) {
          tables.put(batch, Table.META, key, number(clocks[shard]));
        } else {
          tables.delete(batch, Table.META, key);
        }
      }
      if (slots.counts().isComplete()) {
        tables.put(batch, Table.META, MetaKey.COUNTS, slots.counts().bytes());
      }
      if (slots.forest().isComplete()) {
        ForestFile.save(slots.forest(), tables, batch);
      }
      tables.put(batch, Table.META, MetaKey.CLEAN, new byte[0]);
      tables.writeSynced(batch);
    }
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static long greatestLease(Tables tables) throws RocksDBException {
    long greatest = 0;
    for (int shard = 0; shard < EngineConfig.MAX_SHARDS; shard++) {
      greatest = Math.max(greatest, tables.metaNumber(MetaKey.numbered(MetaKey.LEASE, shard), 0));
    }
    return greatest;
  }
}
