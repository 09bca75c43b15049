package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static dev.torc.engine.Scratch.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.protocol.Bytes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteBatch;

/** A disk that changes what it holds so that every checksum is right. */
class SilentChangeTest {
  private static final int KEYS = 50;
  private static final Key KEY = Key.of(Bytes.of("k7"));

  @TempDir
  private Path directory;

  @Test
  void whatTheOthersTellOfASlotThatHasChangedIsOnDiskAgainThoughMemoryHadItAllTheTime() throws Exception {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      for (int i = 0; i < KEYS; i++) {
        Scratch.write(store, "k" + i, "v");
      }
      var written = ((StoreAnswer.Held) one(store, Scratch.fetch("k7"))).record();
      change(database);
      assertThat(Scratch.read(store, "k7")).isEqualTo("v");
      store.beginCheck();
      Rot.readAll(store);
      assertThat(database.book().wholeness(KEY.slot())).isEqualTo(new Wholeness(1, true, true));
      assertThat(Scratch.read(store, "k7")).isNull();
      one(store, new StoreStep.Merge(KEY, written));
      assertThat(onDisk(database)).isNotNull();
    }
  }

  private static void change(Database database) throws Exception {
    var tables = database.enter();
    try (var batch = new WriteBatch()) {
      tables.delete(batch, Table.RECORDS, DiskKey.of(KEY));
      tables.write(batch);
    } finally {
      database.leave();
    }
  }

  private static byte[] onDisk(Database database) throws Exception {
    try {
      return database.enter().record(DiskKey.of(KEY));
    } finally {
      database.leave();
    }
  }
}
