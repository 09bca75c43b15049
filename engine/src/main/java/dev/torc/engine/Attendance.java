package dev.torc.engine;

import dev.torc.cluster.time.Moment;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * When this node was last there, on disk: after a long absence the others have dropped what they kept for it, so it has to catch up. By the wall clock, since no
 * other goes on while the machine is off; one that was set back says nothing.
 */
final class Attendance {
  private static final long EVERY_MILLIS = 10_000;

  private final Supplier<Moment> time;
  private final long maxAbsenceMillis;
  private long nextMillis;

  Attendance(Supplier<Moment> time, long maxAbsenceMillis) {
    this.time = time;
    this.maxAbsenceMillis = maxAbsenceMillis;
  }

  boolean wasAway(Tables tables) throws RocksDBException {
    long now = time.get().wallMillis();
    return now - tables.metaNumber(MetaKey.ALIVE, now) > maxAbsenceMillis;
  }

  /** Now and then; not synced. */
  void note(Tables tables) throws RocksDBException {
    var now = time.get();
    if (now.steadyMillis() < nextMillis) {
      return;
    }
    nextMillis = now.steadyMillis() + EVERY_MILLIS;
    try (var batch = new WriteBatch()) {
      tables.put(batch, Table.META, MetaKey.ALIVE, Incarnation.number(now.wallMillis()));
      tables.write(batch);
    }
  }
}
