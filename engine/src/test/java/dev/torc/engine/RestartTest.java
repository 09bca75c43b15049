package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static dev.torc.engine.Scratch.NOW;
import static dev.torc.engine.Scratch.one;
import static dev.torc.engine.Scratch.put;
import static dev.torc.engine.Scratch.read;
import static dev.torc.engine.Scratch.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer.Counted;
import dev.torc.cluster.storage.StoreAnswer.Failed;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store remembers of the process before it, and what it must not believe. */
class RestartTest {
  private static final StoreStep COUNT = new StoreStep.Count(List.of(new SlotRange(0, Slot.COUNT - 1)));

  @TempDir
  private Path directory;

  @Test
  void afterACleanStopActorsAndCountsGoOnEvenUnderAnotherBoot() {
    var actor = writeThenStop("a", true);
    try (var database = Scratch.database(directory, "another-boot")) {
      var store = Scratch.store(database, 2);
      assertThat(one(store, COUNT)).isEqualTo(new Counted(1));
      assertThat(read(store, "a")).isEqualTo("1");
      assertThat(write(store, "a", "2").dot().actor()).isEqualTo(actor);
    }
  }

  @Test
  void afterTheDeathOfTheProcessAloneTheActorsGoOn() {
    var actor = writeThenStop("a", false);
    try (var database = Scratch.database(directory, BOOT)) {
      assertThat(write(Scratch.store(database, 2), "a", "2").dot().actor()).isEqualTo(actor);
    }
  }

  @Test
  void afterAnUncleanStopUnderAnotherBootNewActorsStampAndKeepTheOldRecords() {
    var actor = writeThenStop("a", false);
    try (var database = Scratch.database(directory, "another-boot")) {
      var store = Scratch.store(database, 2);
      assertThat(read(store, "a")).isEqualTo("1");
      var stored = write(store, "a", "2");
      assertThat(stored.dot().actor()).isNotEqualTo(actor);
      assertThat(stored.record().version().size()).isEqualTo(2);
    }
  }

  @Test
  void anUncleanStartIsRememberedByTheNextOne() {
    var actor = writeThenStop("a", false);
    Scratch.database(directory, "another-boot").close();
    try (var database = Scratch.database(directory, "another-boot")) {
      assertThat(write(Scratch.store(database, 2), "a", "2").dot().actor()).isNotEqualTo(actor);
    }
  }

  @Test
  void withoutTheMarkOfTheBootEvenACleanStopIsNotBelieved() throws Exception {
    var actor = writeThenStop("a", true);
    Files.delete(directory.resolve("torc.boot"));
    try (var database = Scratch.database(directory, BOOT)) {
      assertThat(write(Scratch.store(database, 2), "a", "2").dot().actor()).isNotEqualTo(actor);
    }
  }

  @Test
  void aMachineWithoutABootIdNeverBelievesAnUncleanStop() {
    long actor;
    try (var database = Scratch.database(directory, "")) {
      actor = write(Scratch.store(database, 1), "a", "1").dot().actor();
    }
    try (var database = Scratch.database(directory, "")) {
      assertThat(write(Scratch.store(database, 2), "a", "2").dot().actor()).isNotEqualTo(actor);
    }
  }

  @Test
  void theClockBeginsAboveAllReadingsThatWereWrittenThoughTheWallClockWasSetBack() {
    long last = 0;
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      for (int i = 0; i < 100; i++) {
        var later = NOW.plus(i * 100);
        store.perform(List.of(put("k" + i, "v")), later);
        last = Math.max(last, store.clock().last());
      }
    }
    try (var database = Scratch.database(directory, BOOT)) {
      assertThat(database.incarnation().clockFloor()).isGreaterThanOrEqualTo(last);
      var store = Scratch.store(database, 2);
      assertThat(write(store, "new", "v").dot().hlc()).isGreaterThan(last);
      var muchLater = new Moment(0, NOW.wallMillis() + 9_900);
      assertThat(store.clock().isTooFarAhead(store.clock().last(), muchLater)).isFalse();
    }
  }

  @Test
  void afterAnUncleanStopKeysAreCountedAgainWhileWritesGoOn() {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      var steps = new ArrayList<StoreStep>();
      for (int i = 0; i < 3_000; i++) {
        steps.add(put("k" + i, "v"));
      }
      store.perform(steps, NOW);
    }
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      assertThat(one(store, COUNT)).isInstanceOf(Failed.class);
      int pieces = 0;
      for (; store.readOn(500); pieces++) {
        write(store, "{k1}new" + pieces, "v");
        write(store, "more" + pieces, "v");
        write(store, "k" + pieces, "again");
      }
      assertThat(pieces).isGreaterThan(3);
      assertThat(one(store, COUNT)).isEqualTo(new Counted(3_000 + 2L * pieces));
    }
  }

  @Test
  void expiryIsFoundAgainAfterARestart() {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      one(store, expiring("a"));
      database.close(new long[] {store.clock().last()});
    }
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      assertThat(store.sweepExpired(10, NOW.plus(10))).isEqualTo(1);
      assertThat(one(store, COUNT)).isEqualTo(new Counted(0));
    }
  }

  /** The sweep goes on where it stopped, and must still find what is written behind it. */
  @Test
  void whatExpiresAtTheMomentThatIsBeingSweptIsSweptToo() {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      for (int i = 0; i < 500; i++) {
        one(store, expiring("{same}" + (500 + i)));
      }
      assertThat(store.sweepExpired(128, NOW.plus(10))).isEqualTo(128);
      one(store, expiring("{same}0"));
      assertThat(one(store, COUNT)).isEqualTo(new Counted(500 - 128 + 1));
      assertThat(store.sweepExpired(500, NOW.plus(10))).isEqualTo(500 - 128 + 1);
      assertThat(store.sweepExpired(500, NOW.plus(10))).isZero();
      assertThat(one(store, COUNT)).isEqualTo(new Counted(0));
    }
  }

  private static StoreStep expiring(String key) {
    return new StoreStep.Put(Key.of(Bytes.of(key)), Content.of(Bytes.of("v"), NOW.wallMillis() + 10), Causality.BLIND,
        0);
  }

  @Test
  void blobsAreKeptByName() {
    try (var database = Scratch.database(directory, BOOT)) {
      assertThat(new Remembered(database).load("members")).isEmpty();
      new Remembered(database).save("members", new byte[] {1, 2, 3});
    }
    try (var database = Scratch.database(directory, BOOT)) {
      assertThat(new Remembered(database).load("members")).hasValue(new byte[] {1, 2, 3});
    }
  }

  @Test
  void aDatabaseThatIsNoneIsRefusedInOneLine() throws Exception {
    writeThenStop("a", true);
    Files.writeString(directory.resolve("rocksdb/CURRENT"), "nonsense");
    assertThatThrownBy(() -> Scratch.database(directory, BOOT)).isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot be opened").message().doesNotContain("\n");
  }

  private long writeThenStop(String key, boolean clean) {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      long actor = write(store, key, "1").dot().actor();
      if (clean) {
        database.close(new long[] {store.clock().last()});
      }
      return actor;
    }
  }
}
