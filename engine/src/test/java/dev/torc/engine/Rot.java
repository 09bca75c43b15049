package dev.torc.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Damages the files of a closed database, as a disk does that changes by itself. */
final class Rot {
  private Rot() {}

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
