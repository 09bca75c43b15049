package dev.torc.engine;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintAnswer.Owed;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can still be read of a database that was set aside, for all shards together; each takes over its own slots ({@link SalvageRun}). Opened only to be read, by the disk's
 * own thread; the shards read it within the gate, as they do the tables that they fill.
 *
 * <p>Where all of a slot could be read nothing is forgotten, provided that everything which had been written was there when the database was closed. What a torn slot lacks the other
 * replicas are asked for, as after any loss.
 */
final class Salvage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

  private final SetAside aside;
  private final Path directory;
  private final SlotBook book = new SlotBook();
  private final LongAdder records = new LongAdder();
  private final LongAdder torn = new LongAdder();
  private final LongAdder tornHints = new LongAdder();
  private volatile Tables tables;
  private volatile long oldestHintMillis;
  private List<NodeId> owners = List.of();
  private boolean isTrusted;

  Salvage(SetAside aside, Path directory) {
    this.aside = aside;
    this.directory = directory;
  }

  /** Null until it is open. */
  Tables tables() {
    return tables;
  }

  /** As it was there, if {@link #isTrusted}. */
  SlotBook book() {
    return book;
  }

  /** Whose hints are there. */
  List<NodeId> owners() {
    return owners;
  }

  /** Whether all that this replica ever acknowledged was there. */
  boolean isTrusted() { return isTrusted; }

  /** When the oldest hint may have begun that is not taken over yet; {@link HintAnswer.Tally#NONE} if there is none. */
  long oldestHintMillis() {
    return oldestHintMillis;
  }

  void onRecords(int some) {
    records.add(some);
  }

  /** A slot of which not everything could be read. @param hints whether what was kept there for others is among that */
  void onTorn(boolean hints) {
    torn.increment();
    if (hints) {
      tornHints.increment();
    }
  }

  /** Slots in which some of what was kept for others could not be read. */
  long tornHints() {
    return tornHints.sum();
  }

  /** Taken over so far. */
  long records() {
    return records.sum();
  }

  /** Called once a second: opens it, and says when there is nothing more to be had. @param present what the new tables know of their slots */
  boolean isOver(EngineConfig config, SlotBook present) {
    if (tables == null) {
      return present.awaiting() == 0 || !isOpened(config);
    }
    if (present.awaiting() > 0) {
      return false;
    }
    LOG.warn("taken over {} records of {}; of {} slots not everything could be read, the other replicas are asked for"
        + " what they lack. The directory is not needed any more and may be removed",
        records.sum(), aside.in(directory), torn.sum());
    if (tornHints() > 0) {
      LOG.warn("of {} slots some of what was kept for other nodes could not be read; those nodes are told that they"
          + " missed something, and compare with the other replicas", tornHints());
    }
    return true;
  }

  @Override
  public void close() {
    if (tables != null) {
      tables.close();
      tables = null;
    }
  }

  private boolean isOpened(EngineConfig config) {
    boolean isCertain = aside.sequence() != SetAside.UNCERTAIN;
    Tables opened;
    try {
      opened = Tables.openForReading(aside.in(directory), config, !isCertain);
    } catch (RocksDBException cause) {
      LOG.error("nothing can be read of {} ({}); all that it held is asked of the other replicas", aside.in(directory),
          Database.line(cause));
      return false;
    }
    isTrusted = isKnown(opened) && isCertain && opened.sequence() >= aside.sequence();
    oldestHintMillis = oldest(opened);
    tables = opened;
    LOG.info("reading what is left in {}", aside.in(directory));
    return true;
  }

  private boolean isKnown(Tables opened) {
    try {
      book.load(opened, false);
      opened.hints().load(opened);
      owners = opened.hints().owners().stream().map(Owed::owner).toList();
      return true;
    } catch (RocksDBException unreadable) {
      return false;
    }
  }

  private static long oldest(Tables opened) {
    try (var ages = opened.iterate(Table.HINT_AGES)) {
      ages.seekToFirst();
      ages.status();
      return ages.isValid() ? HintKey.age(ages.key()) : HintAnswer.Tally.NONE;
    } catch (RocksDBException unreadable) {
      return 0;
    }
  }
}
