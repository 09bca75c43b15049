package dev.torc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.protocol.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that may have forgotten knows that it may, until it has all again. */
class RecoverTest {
  private static final String BOOT = "one boot";
  private static final int SLOT = Key.of(Bytes.of("a")).slot();

  @TempDir
  private Path directory;

  @Test
  void aPowerCutLeavesEverySlotWithoutItsRecordsUntilTheyAreComplete() {
    try (var database = Scratch.database(directory, BOOT)) {
      assertThat(database.book().wholeness(SLOT)).isEqualTo(Wholeness.WHOLE);
    }
    try (var database = Scratch.database(directory, "another boot")) {
      var store = Scratch.store(database, 1);
      assertThat(database.book().wholeness(SLOT)).isEqualTo(new Wholeness(2, true, false));
      assertThat(Scratch.one(store, Scratch.fetch("a"))).isInstanceOf(StoreAnswer.Partly.class);
      Scratch.one(store, new SlotStep.Complete(SLOT, 2, false));
      assertThat(Scratch.one(store, Scratch.fetch("a"))).isInstanceOf(StoreAnswer.Held.class);
    }
    try (var database = Scratch.database(directory, "another boot")) {
      assertThat(database.book().wholeness(SLOT)).isEqualTo(Wholeness.WHOLE);
      assertThat(database.book().wholeness(SLOT + 1)).isEqualTo(new Wholeness(2, true, false));
    }
  }

  @Test
  void whatCannotBeOpenedIsSetAsideAndEverythingCountsAsForgotten() throws Exception {
    try (var engine = RocksEngine.open(Scratch.config(directory), Scratch.host(BOOT, 1))) {
      engine.save("members", new byte[] {1, 2, 3});
    }
    Files.writeString(directory.resolve("rocksdb").resolve("CURRENT"), "nonsense");
    assertThatThrownBy(() -> RocksEngine.open(Scratch.config(directory), Scratch.host(BOOT, 1)))
        .isInstanceOf(EngineException.class).hasMessageContaining("--recover");
    var aside = RocksEngine.setAside(directory, "then");
    assertThat(aside.resolve("CURRENT")).hasContent("nonsense");
    try (var engine = RocksEngine.open(Scratch.config(directory), Scratch.host(BOOT, 1))) {
      assertThat(engine.load("members")).hasValue(new byte[] {1, 2, 3});
      assertThat(engine.slots().wholeness(SLOT)).isEqualTo(new Wholeness(1, true, true));
    }
    assertThat(directory.resolve("torc.forgotten")).doesNotExist();
  }

  @Test
  void theDatabaseOfAnOlderCopyIsSetAsideAndTheNodeGoesOnBeyondTheGenerationThatOthersKnow() throws Exception {
    NodeIdentity.ofDirectory(directory, new SplittableRandom(1)).raise(directory);
    try (var engine = RocksEngine.open(Scratch.config(directory), Scratch.host(BOOT, 1))) {
      engine.save("members", new byte[] {1, 2, 3});
    }
    assertThat(RocksEngine.kept(directory, "members")).hasValue(new byte[] {1, 2, 3});
    assertThat(RocksEngine.kept(directory, "others")).isEmpty();
    Files.writeString(directory.resolve("torc.salvage"), "rocksdb.before -1\n");
    var aside = RocksEngine.setOlderCopyAside(directory, 7, "then");
    assertThat(aside.resolve("CURRENT")).exists();
    assertThat(directory.resolve("torc.salvage")).doesNotExist();
    assertThat(NodeIdentity.inDirectory(directory).raise(directory).generation()).isEqualTo(8);
    try (var engine = RocksEngine.open(Scratch.config(directory), Scratch.host(BOOT, 1))) {
      assertThat(engine.load("members")).hasValue(new byte[] {1, 2, 3});
      assertThat(engine.slots().wholeness(SLOT)).isEqualTo(new Wholeness(1, true, true));
    }
  }
}
