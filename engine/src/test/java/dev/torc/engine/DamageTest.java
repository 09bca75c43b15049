package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.wire.MalformedException;
import java.util.List;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.Wholeness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What the disk does not give back is noticed, and what can be read of the rest is taken over, without anybody else. */
class DamageTest {
  private static final int KEYS = Rot.KEYS;

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBlockThatFailsItsChecksumCostsWhatIsInItAndNoMore(boolean isCompacted) throws Exception {
    var values = Rot.fill(directory);
    if (isCompacted) {
      Rot.compact(directory);
    }
    assertThat(Rot.damage(directory, Table.RECORDS) > 0).isEqualTo(isCompacted);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      var before = actors(store);
      var unreadable = new TreeSet<Integer>();
      for (int i = 0; i < KEYS; i++) {
        if (Scratch.one(store, Scratch.fetch("k" + i)) instanceof StoreAnswer.Failed) {
          unreadable.add(i);
        }
      }
      assertThat(unreadable).hasSizeBetween(1, 100);
      assertThat(database.damage().isFound()).isTrue();
      heal(database, store);
      for (int i = 0; i < KEYS; i++) {
        assertThat(Scratch.read(store, "k" + i)).isEqualTo(unreadable.contains(i) ? null : values[i]);
        if (unreadable.contains(i)) {
          assertThat(database.book().wholeness(Rot.slot("k" + i))).isEqualTo(new Wholeness(2, true, false));
        }
      }
      assertThat(lacking(database)).isLessThan(Slot.COUNT / 20);
      assertThat(actors(store)).doesNotContainAnyElementsOf(before);
      assertThat(Scratch.write(store, "new", "v").dot().actor()).isEqualTo(store.actor(Rot.slot("new")));
    }
    assertThat(asides()).hasSize(1);
    assertThat(directory.resolve("torc.salvage")).doesNotExist();
  }

  @Test
  void theCheckNoticesWhatNobodyReads() throws Exception {
    Rot.fill(directory);
    Rot.damage(directory, Table.RECORDS);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      Scratch.one(store, Scratch.fetch("not there"));
      assertThat(database.damage().isFound()).isFalse();
      Rot.readAll(store);
      store.beginCheck();
      Rot.readAll(store);
      assertThat(database.damage().isFound()).isTrue();
    }
  }

  @Test
  void whatAnAcceptorRemembersIsKeptWhereItCanBeReadAndAbstainsElsewhere() throws Exception {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      var steps = new ArrayList<StoreStep>();
      for (int i = 0; i < KEYS; i++) {
        steps.add(Scratch.accept("k" + i, Scratch.ballot(5), "v" + i));
        steps.add(Scratch.prepare("k" + i, Scratch.ballot(9)));
      }
      store.perform(steps, Scratch.NOW);
    }
    Rot.damage(directory, Table.ACCEPTORS);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      for (int i = 0; i < KEYS; i++) {
        Scratch.one(store, Scratch.query("k" + i));
      }
      assertThat(database.damage().isFound()).isTrue();
      heal(database, store);
      int abstained = 0;
      for (int i = 0; i < KEYS; i++) {
        var answer = Scratch.one(store, Scratch.prepare("k" + i, Scratch.ballot(8)));
        if (database.book().wholeness(Rot.slot("k" + i)).isWhole()) {
          assertThat(answer).isEqualTo(new AcceptorAnswer.Nacked(Scratch.ballot(9)));
        } else {
          assertThat(answer).isEqualTo(new AcceptorAnswer.Abstained());
          abstained++;
        }
      }
      assertThat(abstained).isBetween(1, KEYS / 10);
    }
  }

  @Test
  void aWriteThatDamageStopsIsHealedAndWhatWasWrittenBeforeIsTrusted() throws Exception {
    var values = Rot.fill(directory);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      database.fail(new RocksDBException("block checksum mismatch",
          new Status(Status.Code.Corruption, Status.SubCode.None, "block checksum mismatch")));
      assertThat(Scratch.one(store, Scratch.put("k1", "new"))).isInstanceOf(StoreAnswer.Failed.class);
      heal(database, store);
      assertThat(database.book().isCatchingUp()).isFalse();
      assertThat(Scratch.read(store, "k1")).isEqualTo(values[1]);
    }
  }

  @Test
  void afterAWriteThatTheDiskRefusedNothingThatIsReadIsTrusted() throws Exception {
    Rot.fill(directory);
    Rot.damage(directory, Table.RECORDS);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      Rot.readEverything(store);
      database.fail(new RocksDBException("no more"));
      heal(database, store);
      assertThat(lacking(database)).isEqualTo(Slot.COUNT);
    }
  }

  @Test
  void withoutRoomForASecondDatabaseTheFirstStays() throws Exception {
    Rot.fill(directory);
    Rot.damage(directory, Table.RECORDS);
    var config = Scratch.config(directory).withLowSpaceBytes(Long.MAX_VALUE / 2);
    try (var database = Database.open(config, Scratch.host(BOOT, 1))) {
      var store = Scratch.store(database, 2);
      Rot.readEverything(store);
      assertThat(database.damage().isFound()).isTrue();
      database.onSecond();
      assertThat(database.salvage()).isNull();
      assertThat(database.book().isCatchingUp()).isFalse();
    }
    assertThat(asides()).isEmpty();
  }

  @Test
  void aSecondDamageIsNotHealedByItself() throws Exception {
    Rot.fill(directory);
    Rot.damage(directory, Table.RECORDS);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      Rot.readEverything(store);
      heal(database, store);
      database.damage().note("another record", new MalformedException("no record"));
      database.onSecond();
      database.onSecond();
      assertThat(database.damage().isFound()).isTrue();
      assertThat(database.salvage()).isNull();
    }
    assertThat(asides()).hasSize(1);
  }

  @Test
  void anHourLaterASecondDamageIsHealedToo() throws Exception {
    Rot.fill(directory);
    Rot.damage(directory, Table.RECORDS);
    var now = new AtomicReference<>(Scratch.NOW);
    var host = new EngineHost(now::get, new SplittableRandom(1), BOOT, broken -> {});
    try (var database = Database.open(Scratch.config(directory), host)) {
      var store = Scratch.store(database, 2);
      Rot.readEverything(store);
      heal(database, store);
      database.damage().note("another record", new MalformedException("no record"));
      database.onSecond();
      assertThat(database.damage().isFound()).isTrue();
      now.set(Scratch.NOW.plus(3_600_000));
      heal(database, store);
    }
    assertThat(asides()).hasSize(2);
  }

  /** As the disk's thread and the shard's would. */
  private static void heal(Database database, RocksReplicaStore store) {
    database.onSecond();
    assertThat(database.damage().isFound()).isFalse();
    assertThat(database.refusal()).isNull();
    assertThat(database.book().awaiting()).isEqualTo(Slot.COUNT);
    assertThat(Scratch.one(store, Scratch.fetch("k1"))).isInstanceOf(StoreAnswer.Partly.class);
    database.onSecond();
    Rot.readAll(store);
    assertThat(database.book().awaiting()).isZero();
    database.onSecond();
    assertThat(database.salvage()).isNull();
  }

  private static TreeSet<Long> actors(RocksReplicaStore store) {
    var actors = new TreeSet<Long>();
    for (int i = 0; i < KEYS; i++) {
      actors.add(store.actor(Rot.slot("k" + i)));
    }
    return actors;
  }

  private static int lacking(Database database) {
    int lacking = 0;
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      lacking += database.book().wholeness(slot).isWhole() ? 0 : 1;
    }
    return lacking;
  }

  private List<Path> asides() throws Exception {
    var asides = new ArrayList<Path>();
    try (var found = Files.newDirectoryStream(directory, Database.TABLES + ".*")) {
      found.forEach(asides::add);
    }
    return asides;
  }

}
