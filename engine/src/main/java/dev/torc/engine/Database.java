package dev.torc.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a node, through its disk's bad days. RocksDB refuses every write after one that failed, even when the fault is gone, and can only
 * be helped by opening it anew. So: a failed write is never tried again (an fsync that failed once may lie the second time); reads go on; writes are
 * refused; and once a second, if there is room and a probe file can be written, the database is closed and opened as after an unclean stop, with
 * new actors. Before it comes to that, writes are refused while the disk is nearly full.
 *
 * <p>Shards hold the gate for reading while they use the tables; opening anew holds it for writing. Which opening they are in tells them what of
 * their own memory they may still believe.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  static final String TABLES = "rocksdb";

  private final EngineConfig config;
  private final BootMark boot;
  private final DiskSpace space;
  private final SlotKnowledge slots;
  private final Attendance attendance;
  private final SlotBook book = new SlotBook();
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private Tables tables;
  private Incarnation incarnation;
  private volatile int opening;
  private volatile DiskState state = DiskState.OK;
  private volatile String refusal;
  private volatile long usedBytes;

  private Database(EngineConfig config, EngineHost host) {
    this.config = config;
    this.boot = new BootMark(config.directory(), host.bootId());
    this.slots = new SlotKnowledge(host);
    this.space = new DiskSpace(config.directory());
    this.attendance = new Attendance(host.time(), config.maxAbsenceMillis());
  }

  static Database open(EngineConfig config, EngineHost host) {
    var database = new Database(config, host);
    try {
      Files.createDirectories(config.directory().resolve(TABLES));
      database.openTables(ForgottenMark.of(config.directory(), TABLES));
      ForgottenMark.remove(config.directory());
      database.usedBytes = database.space.usedBytes();
      return database;
    } catch (IOException | RocksDBException cause) {
      database.closeTables();
      throw new EngineException("the database in " + config.directory() + " cannot be opened: " + line(cause)
          + "; with --recover it is set aside, and the other replicas are asked for all that it held", cause);
    }
  }

  EngineConfig config() {
    return config;
  }

  SlotKnowledge slots() {
    return slots;
  }

  SlotBook book() {
    return book;
  }

  /** Grows with every opening; none of a shard's memory outlives its opening. */
  int opening() {
    return opening;
  }

  Incarnation incarnation() {
    return incarnation;
  }

  DiskState state() {
    return state;
  }

  /** Why writes are refused, in one line; null when they are not. */
  String refusal() {
    return refusal;
  }

  /** Keeps the tables open until {@link #leave}; null if they are closed at present (leave all the same). */
  Tables enter() {
    gate.readLock().lock();
    return tables;
  }

  /** The same, unless it would have to wait: then null, and nothing to leave. */
  Tables tryEnter() {
    if (!gate.readLock().tryLock()) {
      return null;
    }
    if (tables == null) {
      gate.readLock().unlock();
    }
    return tables;
  }

  void leave() {
    gate.readLock().unlock();
  }

  /** Within the gate. Synced: on disk, with all that was written before, however the engine is set. */
  void write(Tables into, WriteBatch batch, boolean synced) throws RocksDBException {
    if (refusal != null) {
      throw new RocksDBException(refusal);
    }
    try {
      if (synced) {
        into.writeSynced(batch);
      } else {
        into.write(batch);
      }
    } catch (RocksDBException cause) {
      fail(cause);
      throw cause;
    }
  }

  /** Has all that was written so far on disk, however the engine is set; false if the disk fails. */
  boolean sync() {
    write(Tables::sync);
    return state != DiskState.FAILED;
  }

  /** Once a second: syncs what has been written meanwhile, looks at the disk, and helps the database up. */
  void onSecond() {
    if (state == DiskState.FAILED) {
      recover();
      return;
    }
    if (config.writeSync() == WriteSync.EVERYSEC) {
      write(Tables::sync);
    }
    write(attendance::note);
    try {
      checkSpace();
    } catch (IOException unknown) {
      LOG.debug("the disk does not say how full it is", unknown);
    }
  }

  Optional<byte[]> load(byte[] key) {
    var open = enter();
    try {
      return open == null ? Optional.empty() : Optional.ofNullable(open.meta(key));
    } catch (RocksDBException cause) {
      throw new EngineException("the disk cannot be read: " + line(cause), cause);
    } finally {
      leave();
    }
  }

  void save(byte[] key, byte[] value) {
    var open = enter();
    try {
      if (open == null || state == DiskState.FAILED) {
        throw new EngineException(String.valueOf(refusal));
      }
      open.putMeta(key, value);
    } catch (RocksDBException cause) {
      fail(cause);
      throw new EngineException("the disk cannot be written: " + line(cause), cause);
    } finally {
      leave();
    }
  }

  DiskSpace space() {
    return space;
  }

  /** As of the last second. */
  long usedBytes() {
    return usedBytes;
  }

  /** @param clocks the last reading of each shard's clock; null to leave without the mark of a clean stop, as a process that dies would */
  void close(long[] clocks) {
    gate.writeLock().lock();
    try {
      if (clocks != null && tables != null && state != DiskState.FAILED) {
        Incarnation.end(tables, slots, clocks);
      }
    } catch (RocksDBException cause) {
      fail(cause);
    } finally {
      closeTables();
      refuse(DiskState.CLOSED, "the store is closed");
      gate.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    close(null);
  }

  /** After a write that failed: nothing more is written through this opening, and no actor of it is used again. */
  void fail(Exception cause) {
    if (state == DiskState.FAILED) {
      return;
    }
    refuse(DiskState.FAILED, "the disk is failing: " + line(cause));
    LOG.error("{}; writes are refused, reads go on", refusal);
    try {
      boot.remove();
    } catch (IOException stillThere) {
      LOG.error("{} cannot be removed; do so before the next start", boot, stillThere);
    }
  }

  private void write(TablesWrite writing) {
    var open = enter();
    try {
      if (open != null && state != DiskState.FAILED) {
        writing.on(open);
      }
    } catch (RocksDBException cause) {
      fail(cause);
    } finally {
      leave();
    }
  }

  private void refuse(DiskState why, String line) {
    refusal = line;
    state = why;
  }

  private void checkSpace() throws IOException {
    long usable = space.usableBytes();
    usedBytes = space.usedBytes();
    if (state == DiskState.OK && usable < config.lowSpaceBytes()) {
      refuse(DiskState.LOW_SPACE, "the disk is nearly full: " + (usable >> 20) + " MB left");
      LOG.warn("{}; writes are refused, reads go on", refusal);
    } else if (state == DiskState.LOW_SPACE && usable >= config.lowSpaceBytes()) {
      refuse(DiskState.OK, null);
      LOG.info("the disk has room again, {} MB; writes are taken", usable >> 20);
    }
  }

  private void recover() {
    gate.writeLock().lock();
    try {
      if (space.usableBytes() < config.lowSpaceBytes()) {
        return;
      }
      space.probe();
      closeTables();
      openTables(Forgotten.WRITES);
      refuse(DiskState.OK, null);
      LOG.info("the disk answers again; writes are taken, under new actors");
    } catch (IOException | RocksDBException notYet) {
      LOG.debug("the disk does not answer yet", notYet);
    } finally {
      gate.writeLock().unlock();
    }
  }

  private void openTables(Forgotten forgotten) throws IOException, RocksDBException {
    tables = Tables.open(config.directory().resolve(TABLES), config);
    try {
      incarnation = Incarnation.begin(tables, boot, forgotten, attendance.wasAway(tables), slots);
      tables.hints().load(tables);
      book.load(tables);
    } catch (IOException | RocksDBException failed) {
      closeTables();
      throw failed;
    }
    slots.counts().replaceBy(incarnation.counts().orElse(null));
    opening++;
  }

  private void closeTables() {
    if (tables != null) {
      tables.close();
      tables = null;
    }
  }

  static String line(Exception cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
