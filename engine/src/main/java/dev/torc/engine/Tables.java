package dev.torc.engine;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** One opening of the database: its handle, its tables' handles, and the native objects that go with them, closed in the order RocksDB wants. */
final class Tables implements AutoCloseable {
  static {
    RocksDB.loadLibrary();
  }

  private final Tuning tuning;
  private final List<ColumnFamilyHandle> handles;
  private final RocksDB db;
  private final ReadOptions reads = new ReadOptions().setVerifyChecksums(true);
  private final ReadOptions scans = new ReadOptions().setVerifyChecksums(true).setFillCache(false);
  private final boolean isAlwaysSynced;
  private final WriteOptions writes = new WriteOptions();
  private final WriteOptions syncedWrites = new WriteOptions().setSync(true);
  /** How many writes were not synced by themselves, and how many of the first of those are known to be on disk. */
  private final AtomicLong unsyncedWrites = new AtomicLong();
  private final AtomicLong onDisk = new AtomicLong();
  private final HintTally hints = new HintTally();

  private Tables(Tuning tuning, RocksDB db, List<ColumnFamilyHandle> handles, WriteSync sync) {
    this.tuning = tuning;
    this.db = db;
    this.handles = handles;
    this.isAlwaysSynced = sync == WriteSync.ALWAYS;
  }

  /** As after a power cut: of the log counts what comes before the first entry that is not whole. */
  static Tables open(Path directory, EngineConfig config) throws RocksDBException {
    return open(directory, config, WALRecoveryMode.PointInTimeRecovery);
  }

  /** As after the death of a process alone: only the very last entry of a log may be cut short. Damage elsewhere in it is an error, and nothing is changed then. */
  static Tables openWithWholeLog(Path directory, EngineConfig config) throws RocksDBException {
    return open(directory, config, WALRecoveryMode.TolerateCorruptedTailRecords);
  }

  private static Tables open(Path directory, EngineConfig config, WALRecoveryMode log) throws RocksDBException {
    var tuning = new Tuning(config);
    tuning.options().setWalRecoveryMode(log);
    try {
      var handles = new ArrayList<ColumnFamilyHandle>();
      var db = RocksDB.open(tuning.options(), directory.toString(), tuning.families(), handles);
      return new Tables(tuning, db, handles, config.writeSync());
    } catch (RocksDBException failed) {
      tuning.close();
      throw failed;
    }
  }

  /**
   * Only to be read: what lies there stays as it is.
   *
   * @param beyondDamage whether what the log has behind damage is to be read, too; then nobody can tell that something is missing
   */
  static Tables openForReading(Path directory, EngineConfig config, boolean beyondDamage) throws RocksDBException {
    var tuning = new Tuning(config);
    tuning.options().setWalRecoveryMode(
        beyondDamage ? WALRecoveryMode.SkipAnyCorruptedRecords : WALRecoveryMode.PointInTimeRecovery);
    try {
      var handles = new ArrayList<ColumnFamilyHandle>();
      var db = RocksDB.openReadOnly(tuning.options(), directory.toString(), tuning.families(), handles);
      return new Tables(tuning, db, handles, config.writeSync());
    } catch (RocksDBException failed) {
      tuning.close();
      throw failed;
    }
  }

  /** Of the last write. */
  long sequence() {
    return db.getLatestSequenceNumber();
  }

  byte[] record(byte[] key) throws RocksDBException {
    return db.get(reads, key);
  }

  /** As many as keys, null where there is none. */
  List<byte[]> records(List<byte[]> keys) throws RocksDBException {
    return db.multiGetAsList(reads, keys);
  }

  byte[] acceptor(byte[] key) throws RocksDBException {
    return db.get(handle(Table.ACCEPTORS), reads, key);
  }

  /** How many there are, as it stands on the disk. */
  HintTally hints() {
    return hints;
  }

  byte[] hint(byte[] key) throws RocksDBException {
    return db.get(handle(Table.HINTS), reads, key);
  }

  byte[] meta(byte[] key) throws RocksDBException {
    return db.get(handle(Table.META), reads, key);
  }

  /** A number of 8 bytes; {@code absent} if there is none. */
  long metaNumber(byte[] key, long absent) throws RocksDBException {
    var found = meta(key);
    return found == null ? absent : ByteBuffer.wrap(found).getLong();
  }

  /** To be closed before this is; ask it for its status when it ends. */
  RocksIterator iterate(Table table) {
    return db.newIterator(handle(table), scans);
  }

  void put(WriteBatch batch, Table table, byte[] key, byte[] value) throws RocksDBException {
    if (table == Table.RECORDS) {
      batch.put(key, value);
    } else {
      batch.put(handle(table), key, value);
    }
  }

  void delete(WriteBatch batch, Table table, byte[] key) throws RocksDBException {
    batch.delete(handle(table), key);
  }

  /** On disk when this returns. */
  void putMeta(byte[] key, byte[] value) throws RocksDBException {
    try (var batch = new WriteBatch()) {
      put(batch, Table.META, key, value);
      writeSynced(batch);
    }
  }

  /** As durable as the engine is set to make it. */
  void write(WriteBatch batch) throws RocksDBException {
    if (isAlwaysSynced) {
      writeSynced(batch);
    } else {
      db.write(writes, batch);
      unsyncedWrites.incrementAndGet();
    }
  }

  /** Puts all on disk that was written before, too: there is one log. */
  void writeSynced(WriteBatch batch) throws RocksDBException {
    long before = unsyncedWrites.get();
    db.write(syncedWrites, batch);
    onSynced(before);
  }

  /** Puts all on disk that was written so far; costs nothing if it is known to be there. */
  void sync() throws RocksDBException {
    long before = unsyncedWrites.get();
    if (onDisk.get() < before) {
      db.syncWal();
      onSynced(before);
    }
  }

  /** False does not say that anything is not. */
  boolean isAllOnDisk() { return onDisk.get() >= unsyncedWrites.get(); }

  /** What another thread wrote meanwhile may have come too late for it. */
  private void onSynced(long before) {
    onDisk.accumulateAndGet(before, Math::max);
  }

  /** A figure of RocksDB's own over all tables, 0 if it will not tell. */
  long figure(String property) {
    try {
      return db.getAggregatedLongProperty("rocksdb." + property);
    } catch (RocksDBException unknown) {
      return 0;
    }
  }

  /** A figure that is the same for all tables. */
  long sharedFigure(String property) {
    try {
      return db.getLongProperty("rocksdb." + property);
    } catch (RocksDBException unknown) {
      return 0;
    }
  }

  @Override
  public void close() {
    db.cancelAllBackgroundWork(true);
    handles.forEach(ColumnFamilyHandle::close);
    db.close();
    reads.close();
    scans.close();
    writes.close();
    syncedWrites.close();
    tuning.close();
  }

  private ColumnFamilyHandle handle(Table table) {
    return handles.get(table.ordinal());
  }
}
