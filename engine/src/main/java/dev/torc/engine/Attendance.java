package dev.torc.engine;

import dev.torc.cluster.time.Moment;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * When this node was last in touch with the others, in memory and on disk: after a long absence they have dropped what they kept for it, so it has to catch up. It may have been off, or
 * asleep, or cut off from most of them, which is all the same. By the wall clock, since no other goes on while the machine is off; one that was set back says nothing.
 */
final class Attendance {
  private static final long EVERY_MILLIS = 10_000;
  /** A running node that hears nobody for less was not away, however short others keep what it misses. */
  private static final long SHORTEST_MILLIS = 60_000;

  private final Supplier<Moment> time;
  private final long maxAbsenceMillis;
  private volatile boolean isInTouch;
  private long lastMillis;
  private long nextMillis;

  Attendance(Supplier<Moment> time, long maxAbsenceMillis) {
    this.time = time;
    this.maxAbsenceMillis = maxAbsenceMillis;
    this.lastMillis = time.get().wallMillis();
  }

  /** At an opening: by what an earlier one has noted. */
  boolean wasAway(Tables tables) throws RocksDBException {
    long now = time.get().wallMillis();
    lastMillis = now;
    return now - tables.metaNumber(MetaKey.ALIVE, now) > maxAbsenceMillis;
  }

  /** By any thread: most of the others, if there are any, are reached at this moment. */
  void onContact() {
    isInTouch = true;
  }

  /** Whether it is in touch again after so long that it has to be opened anew, as after an absence. */
  boolean isBack() {
    return isInTouch && time.get().wallMillis() - lastMillis > Math.max(SHORTEST_MILLIS, maxAbsenceMillis);
  }

  /** Once a second; on disk now and then, not synced. */
  void note(Tables tables) throws RocksDBException {
    if (!isInTouch) {
      return;
    }
    isInTouch = false;
    var now = time.get();
    lastMillis = now.wallMillis();
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
