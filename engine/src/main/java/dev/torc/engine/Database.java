package dev.torc.engine;

import dev.torc.cluster.time.Moment;
import java.io.IOException;
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
  private final DataDirectory directory;
  private final DiskSpace space;
  private final Healing healing;
  private final Gate gate = new Gate();
  private boolean isFailedByDamage;
  private volatile int opening;
  private volatile DiskState state = DiskState.OK;
  private volatile String refusal;
  private volatile long usedBytes;

  private Database(EngineConfig config, EngineHost host) {
    this.config = config;
    this.directory = new DataDirectory(config, host);
    this.space = new DiskSpace(config.directory());
    this.healing = new Healing(config, space, host.time());
  }

  static Database open(EngineConfig config, EngineHost host) {
    var database = new Database(config, host);
    try {
      database.open(Forgotten.NOTHING);
      database.usedBytes = database.space.usedBytes();
      return database;
    } catch (IOException | RocksDBException cause) {
      database.directory.close();
      throw new EngineException("the database in " + config.directory() + " cannot be opened: " + line(cause)
          + "; with --recover it is set aside, and the other replicas are asked for all that it held", cause);
    }
  }

  EngineConfig config() {
    return config;
  }

  SlotKnowledge slots() {
    return directory.slots();
  }

  SlotBook book() {
    return directory.book();
  }

  /** Grows with every opening; none of a shard's memory outlives its opening. */
  int opening() {
    return opening;
  }

  Damage damage() {
    return healing.damage();
  }

  Moment now() {
    return healing.now();
  }

  Attendance attendance() {
    return directory.attendance();
  }

  /** Of what was set aside; null when nothing more is read of it. */
  Salvage salvage() {
    return directory.salvage();
  }

  Incarnation incarnation() {
    return directory.incarnation();
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
    gate.enter();
    return directory.tables();
  }

  /** The same, unless it would have to wait: then null, and nothing to leave. */
  Tables tryEnter() {
    if (!gate.tryEnter()) {
      return null;
    }
    var tables = directory.tables();
    if (tables == null) {
      gate.leave();
    }
    return tables;
  }

  void leave() {
    gate.leave();
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
    if (healing.isDue(salvage() != null)) {
      heal();
    }
    if (state == DiskState.FAILED) {
      if (!isFailedByDamage || !damage().isFound()) {
        recover();
      }
      return;
    }
    if (directory.isSalvageOver()) {
      endSalvage();
    }
    if (attendance().isBack()) {
      comeBack();
    }
    if (config.writeSync() == WriteSync.EVERYSEC) {
      write(Tables::sync);
    }
    write(attendance()::note);
    write(directory::noteWritten);
    try {
      checkSpace();
    } catch (IOException unknown) {
      LOG.debug("the disk does not say how full it is", unknown);
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
    gate.alone(() -> {
      end(clocks);
      directory.close();
      refuse(DiskState.CLOSED, "the store is closed");
    }, this::fail);
  }

  private void end(long[] clocks) {
    try {
      if (clocks != null && directory.tables() != null && state != DiskState.FAILED) {
        Incarnation.end(directory.tables(), slots(), clocks);
      }
    } catch (RocksDBException cause) {
      fail(cause);
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
    isFailedByDamage = damage().note("a file", cause);
    refuse(DiskState.FAILED, "the disk is failing: " + line(cause));
    LOG.error("{}; writes are refused, reads go on", refusal);
    try {
      directory.boot().remove();
    } catch (IOException stillThere) {
      LOG.error("{} cannot be removed; do so before the next start", directory.boot(), stillThere);
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
    gate.alone(() -> {
      if (space.usableBytes() < config.lowSpaceBytes()) {
        return;
      }
      space.probe();
      directory.closeTables();
      open(Forgotten.WRITES);
      refuse(DiskState.OK, null);
      LOG.info("the disk answers again; writes are taken, under new actors");
    }, notYet -> LOG.debug("the disk does not answer yet, damaged: {}", damage().note("a file", notYet), notYet));
  }

  /** A damaged database goes out of the way and an empty one takes its place, as that of a replica that may have forgotten everything. */
  private void heal() {
    gate.alone(() -> {
      space.probe();
      var aside = directory.setAside(state != DiskState.FAILED || isFailedByDamage, healing);
      open(Forgotten.EVERYTHING);
      refuse(DiskState.OK, null);
      healing.onDone(aside);
    }, this::fail);
  }

  /** The process went on and missed as much as one that was away. What is noted of its attendance is as old as its last contact, so it is opened as one that was. */
  private void comeBack() {
    LOG.warn("this node has not reached most of the others for longer than they keep what it misses: it catches up with"
        + " them, and until then what it says does not count in read quorums");
    gate.alone(() -> {
      directory.closeTables();
      open(Forgotten.NOTHING);
    }, this::fail);
  }

  private void endSalvage() {
    gate.alone(directory::endSalvage,
        cause -> LOG.warn("what was set aside will be looked at once more after the next start", cause));
  }

  private void open(Forgotten known) throws IOException, RocksDBException {
    directory.open(known);
    opening++;
  }

  static String line(Exception cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
