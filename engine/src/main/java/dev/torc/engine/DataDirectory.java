package dev.torc.engine;

import dev.torc.cluster.time.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database in a node's data directory, as it was opened last, and what was set aside of an earlier one; no more than one of each is open. Opened and closed by one thread
 * at a time, while nobody uses the tables.
 */
final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  static final String TABLES = Database.TABLES;

  private final EngineConfig config;
  private final Path directory;
  private final BootMark boot;
  private final Attendance attendance;
  private final WrittenMark written;
  private final Supplier<Moment> time;
  private final SlotKnowledge slots;
  private final SlotBook book = new SlotBook();
  private Tables tables;
  private Incarnation incarnation;
  private volatile Salvage salvage;

  DataDirectory(EngineConfig config, EngineHost host) {
    this.config = config;
    this.directory = config.directory();
    this.boot = new BootMark(directory, host.bootId());
    this.attendance = new Attendance(host.time(), config.maxAbsenceMillis());
    this.written = new WrittenMark(directory);
    this.time = host.time();
    this.slots = new SlotKnowledge(host);
  }

  BootMark boot() {
    return boot;
  }

  Attendance attendance() {
    return attendance;
  }

  SlotKnowledge slots() {
    return slots;
  }

  SlotBook book() {
    return book;
  }

  /** Null while it is closed. */
  Tables tables() {
    return tables;
  }

  Incarnation incarnation() {
    return incarnation;
  }

  /** Of what was set aside; null when nothing more is read of it. Asked by any thread. */
  Salvage salvage() {
    return salvage;
  }

  /**
   * Opens what is there, an empty database if there is none, and first takes on where a process before this one left off.
   *
   * @param known to be forgotten, beside what the directory says
   */
  void open(Forgotten known) throws IOException, RocksDBException {
    SetAside.goOn(directory);
    Files.createDirectories(directory.resolve(TABLES));
    var before = ForgottenMark.of(directory, TABLES);
    boolean isLogWhole = known == Forgotten.NOTHING && before == Forgotten.NOTHING && boot.isOfThisBoot();
    tables = isLogWhole ? openWithWholeLog() : Tables.open(directory.resolve(TABLES), config);
    // Before the mark of the boot: what was noted under another one says nothing of what a power cut has left.
    noteWritten(tables);
    var aside = SetAside.of(directory);
    var marked = ForgottenMark.isThere(directory) ? Forgotten.EVERYTHING : before;
    var forgotten = marked.compareTo(known) > 0 ? marked : known;
    try {
      long after = incarnation == null ? 0 : incarnation.era();
      incarnation = Incarnation.begin(tables, boot, forgotten, attendance.wasAway(tables), after, aside.isPresent(),
          slots);
      tables.hints().load(tables);
      book.load(tables, aside.isPresent());
      ForgottenMark.remove(directory);
    } catch (IOException | RocksDBException failed) {
      closeTables();
      throw failed;
    }
    if (aside.isPresent() && salvage == null) {
      salvage = new Salvage(aside.get(), directory);
    }
    slots.counts().replaceBy(incarnation.counts().orElse(null));
  }

  /** A process that died under this boot left its log as it was. If that is not so something has changed it since: then this is a damaged database, and goes the way of those. */
  private Tables openWithWholeLog() throws IOException, RocksDBException {
    var place = directory.resolve(TABLES);
    try {
      var opened = Tables.openWithWholeLog(place, config);
      long missing = written.read() - opened.sequence();
      if (missing <= 0) {
        return opened;
      }
      opened.close();
      return openAnew("it lacks the last " + missing + " writes at least");
    } catch (RocksDBException damaged) {
      if (!Damage.isOne(damaged)) {
        throw damaged;
      }
      try {
        Tables.openForReading(place, config, true).close();
      } catch (RocksDBException notOnlyTheLog) {
        throw damaged;
      }
      return openAnew(Database.line(damaged));
    }
  }

  private Tables openAnew(String why) throws IOException, RocksDBException {
    var aside = SetAside.at(time.get().wallMillis(), SetAside.UNCERTAIN, directory);
    LOG.error(
        "the write-ahead log is damaged on the disk: {}. The database is set aside as {}: what can be read of it is"
            + " taken over, for the rest the other replicas are asked; until then what this node says does not count in read"
            + " quorums",
        why, aside.in(directory));
    aside.take(directory);
    written.remove();
    Files.createDirectories(directory.resolve(TABLES));
    return Tables.open(directory.resolve(TABLES), config);
  }

  /** Now and then, while the tables are open. */
  void noteWritten(Tables open) {
    try {
      written.note(open.sequence());
    } catch (IOException full) {
      LOG.debug("how much was written is not noted", full);
    }
  }

  void closeTables() {
    if (tables != null) {
      tables.close();
      tables = null;
    }
  }

  /**
   * Closes the database and puts it out of the way.
   *
   * @param isIntact all that was acknowledged is in it, as far as it can be read
   */
  SetAside setAside(boolean isIntact, Healing healing) throws IOException {
    long sequence = isIntact && tables != null ? tables.sequence() : SetAside.UNCERTAIN;
    closeTables();
    written.remove();
    var aside = healing.place(isLogOnDisk() ? sequence : SetAside.UNCERTAIN);
    healing.damage().onSetAside();
    aside.take(directory);
    return aside;
  }

  /** Once a second: whether nothing more is to be had of what was set aside, so that {@link #endSalvage} may come. */
  boolean isSalvageOver() {
    return salvage != null && salvage.isOver(config, book);
  }

  void endSalvage() throws IOException {
    book.giveUpSalvage();
    salvage.close();
    salvage = null;
    SetAside.end(directory);
  }

  @Override
  public void close() {
    closeTables();
    if (salvage != null) {
      salvage.close();
    }
  }

  private boolean isLogOnDisk() {
    try (var logs = Files.newDirectoryStream(directory.resolve(TABLES), "*.log")) {
      for (var log : logs) {
        SyncedFile.sync(log);
      }
      return true;
    } catch (IOException unknown) {
      return false;
    }
  }
}
