package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.Wholeness;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process died, the machine went on, and its write-ahead log is not what it was. */
class DamagedLogTest {
  private static final int KEYS = Rot.KEYS;

  @TempDir
  private Path directory;
  private String[] values;
  private long actor;

  @BeforeEach
  void fillAndDie() {
    values = Rot.fill(directory);
    try (var database = Scratch.database(directory, BOOT)) {
      actor = Scratch.write(Scratch.store(database, 1), "k1", values[1]).dot().actor();
    }
  }

  @Test
  void aLogThatIsWholeIsBelieved() {
    try (var database = Scratch.database(directory, BOOT)) {
      assertThat(database.book().isCatchingUp()).isFalse();
      assertThat(database.salvage()).isNull();
      assertThat(Scratch.write(Scratch.store(database, 2), "k1", values[1]).dot().actor()).isEqualTo(actor);
    }
  }

  /** What a process that is killed in the middle of a write may leave; nobody was told of that write. */
  @Test
  void aLastEntryThatIsCutShortIsNoDamage() throws Exception {
    refill(false);
    try (var bytes = new RandomAccessFile(log().toFile(), "rw")) {
      bytes.setLength(bytes.length() - 3);
    }
    try (var database = Scratch.database(directory, BOOT)) {
      assertThat(database.book().isCatchingUp()).isFalse();
      assertThat(Scratch.read(Scratch.store(database, 2), "k0")).isEqualTo(values[0]);
    }
  }

  @Test
  void aByteThatHasChangedInTheMiddleMakesItAReplicaThatMayHaveForgottenEverything() throws Exception {
    refill(true);
    try (var bytes = new RandomAccessFile(log().toFile(), "rw")) {
      long place = bytes.length() / 3;
      bytes.seek(place);
      int before = bytes.read();
      bytes.seek(place);
      bytes.write(~before);
    }
    assertIsHealed(1);
  }

  @Test
  void aLogThatEndsEarlyIsNoticedByWhatWasWritten() throws Exception {
    refill(true);
    var log = log();
    long length = Files.size(log);
    try (var bytes = new RandomAccessFile(log.toFile(), "rw")) {
      bytes.setLength(length / 2);
    }
    assertIsHealed(KEYS / 4);
  }

  @Test
  void whatWasNotedBeforeAPowerCutIsNotMissedAfterIt() throws Exception {
    refill(true);
    try (var bytes = new RandomAccessFile(log().toFile(), "rw")) {
      bytes.setLength(bytes.length() / 2);
    }
    Scratch.database(directory, "another boot").close();
    try (var database = Scratch.database(directory, "another boot")) {
      assertThat(database.salvage()).isNull();
      assertThat(database.book().wholeness(Rot.slot("k1"))).isEqualTo(new Wholeness(2, true, false));
    }
  }

  /** Everything that can be read is there, and counts for nothing before the others have told. */
  private void assertIsHealed(int leastRead) {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      assertThat(database.book().wholeness(Rot.slot("k1"))).isEqualTo(new Wholeness(1, true, true));
      assertThat(Scratch.write(store, "{k1}new", "v").dot().actor()).isNotEqualTo(actor);
      database.onSecond();
      Rot.readAll(store);
      int read = 0;
      for (int i = 0; i < KEYS; i++) {
        read += values[i].equals(Scratch.read(store, "k" + i)) ? 1 : 0;
      }
      assertThat(read).isBetween(leastRead, KEYS - 1);
      assertThat(database.book().wholeness(Rot.slot("k1"))).isEqualTo(new Wholeness(1, true, true));
    }
    try (var asides = Files.newDirectoryStream(directory, Database.TABLES + ".*")) {
      assertThat(asides).hasSize(1);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** In a log of this opening, since the last one was turned into a sorted file at the start. @param isNoted whether a second has passed */
  private void refill(boolean isNoted) {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      for (int i = 0; i < KEYS; i++) {
        values[i] += "again";
        Scratch.write(store, "k" + i, values[i]);
      }
      if (isNoted) {
        database.onSecond();
      }
    }
  }

  private Path log() throws IOException {
    try (var files = Files.list(directory.resolve(Database.TABLES))) {
      return files.filter(file -> file.toString().endsWith(".log"))
          .max((one, other) -> Long.compare(one.toFile().length(), other.toFile().length())).orElseThrow();
    }
  }
}
