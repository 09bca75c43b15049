package dev.torc.engine;

import dev.torc.cluster.storage.Key;
import dev.torc.protocol.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Damages the files of a closed database, as a disk does that changes by itself. */
final class Rot {
  static final int KEYS = 3_000;
  static final int READ_AT_ONCE = 100;

  private Rot() {}

  /** Values of the keys {@code k0} and so on, in a database that is closed again. */
  static String[] fill(Path directory) {
    var random = new SplittableRandom(5);
    var values = new String[KEYS];
    try (var database = Scratch.database(directory, Scratch.BOOT)) {
      var store = Scratch.store(database, 1);
      for (int i = 0; i < KEYS; i++) {
        values[i] = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        Scratch.write(store, "k" + i, values[i]);
      }
    }
    return values;
  }

  static void readEverything(RocksReplicaStore store) {
    for (int i = 0; i < KEYS; i++) {
      Scratch.one(store, Scratch.fetch("k" + i));
    }
  }

  static void readAll(RocksReplicaStore store) {
    while (store.readOn(READ_AT_ONCE)) {
      // the next piece
    }
  }

  static int slot(String key) {
    return Key.of(Bytes.of(key)).slot();
  }

  /** Brings everything to the last level. */
  static void compact(Path directory) throws RocksDBException {
    try (var opened = new Opened(directory)) {
      for (var handle : opened.handles) {
        opened.db.compactRange(handle);
      }
    }
  }

  /** One block in the middle of the table's largest file. @return the level of that file */
  static int damage(Path directory, Table table) throws RocksDBException, IOException {
    LiveFileMetaData file;
    try (var opened = new Opened(directory)) {
      file = opened.largest(table);
    }
    try (var bytes = new RandomAccessFile(file.path() + file.fileName(), "rw")) {
      long place = bytes.length() / 3;
      bytes.seek(place);
      int before = bytes.read();
      bytes.seek(place);
      bytes.write(~before);
    }
    return file.level();
  }

  private static final class Opened implements AutoCloseable {
    private final Tuning tuning;
    private final List<ColumnFamilyHandle> handles = new ArrayList<>();
    private final RocksDB db;

    private Opened(Path directory) throws RocksDBException {
      tuning = new Tuning(Scratch.config(directory));
      db = RocksDB.open(tuning.options(), directory.resolve(Database.TABLES).toString(), tuning.families(), handles);
    }

    private LiveFileMetaData largest(Table table) {
      LiveFileMetaData largest = null;
      for (var file : db.getLiveFilesMetaData()) {
        boolean isIts = new String(file.columnFamilyName(), StandardCharsets.UTF_8)
            .equals(new String(table.familyName(), StandardCharsets.UTF_8));
        if (isIts && (largest == null || file.size() > largest.size())) {
          largest = file;
        }
      }
      return largest;
    }

    @Override
    public void close() {
      handles.forEach(ColumnFamilyHandle::close);
      db.close();
      tuning.close();
    }
  }
}
