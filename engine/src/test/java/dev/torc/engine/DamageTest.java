package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.wire.MalformedException;
import java.util.List;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.protocol.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the disk does not give back is noticed, and what can be read of the rest is taken over, without anybody else. */
class DamageTest {
  private static final int KEYS = 3_000;
  private static final int READ_AT_ONCE = 100;

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBlockThatFailsItsChecksumCostsWhatIsInItAndNoMore(boolean isCompacted) throws Exception {
    var values = fill();
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
          assertThat(database.book().wholeness(slot("k" + i))).isEqualTo(new Wholeness(2, true, false));
        }
      }
      assertThat(lacking(database)).isLessThan(Slot.COUNT / 20);
      assertThat(actors(store)).doesNotContainAnyElementsOf(before);
      assertThat(Scratch.write(store, "new", "v").dot().actor()).isEqualTo(store.actor(slot("new")));
    }
    assertThat(asides()).hasSize(1);
    assertThat(directory.resolve("torc.salvage")).doesNotExist();
  }

  @Test
  void theCheckNoticesWhatNobodyReads() throws Exception {
    fill();
    Rot.damage(directory, Table.RECORDS);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      Scratch.one(store, Scratch.fetch("not there"));
      assertThat(database.damage().isFound()).isFalse();
      readAll(store);
      store.beginCheck();
      readAll(store);
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
        if (database.book().wholeness(slot("k" + i)).isWhole()) {
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
  void aHintIsKeptWithItsAgeAndUntilThenCountsAsHeld() throws Exception {
    var owner = new NodeId(77);
    var record = Scratch.chosen("v", Scratch.ballot(1));
    fill();
    try (var database = Scratch.database(directory, BOOT)) {
      Scratch.one(Scratch.store(database, 1), new HintStep.Keep(owner, Key.of(Bytes.of("hint")), record));
    }
    Rot.damage(directory, Table.RECORDS);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      var later = Scratch.NOW.plus(5_000);
      readEverything(store);
      database.onSecond();
      assertThat(oldestHint(store, later)).isEqualTo(Scratch.NOW.wallMillis());
      store.perform(List.of(new HintStep.Keep(owner, Key.of(Bytes.of("hint")), Scratch.chosen("w", Scratch.ballot(2)))),
          later);
      readAll(store);
      database.onSecond();
      assertThat(database.salvage()).isNull();
      assertThat(oldestHint(store, later)).isEqualTo(Scratch.NOW.wallMillis());
      var listed = (HintAnswer.Listed) Scratch.one(store, new HintStep.ListOldest(0, 10));
      assertThat(listed.hints()).singleElement().satisfies(pending -> {
        assertThat(pending.hint().record().version().covers(record.version())).isTrue();
        assertThat(pending.hint().sinceMillis()).isEqualTo(Scratch.NOW.wallMillis());
      });
    }
  }

  @Test
  void aSlotIsNotCompleteBeforeWhatIsLeftOfItWasLookedFor() throws Exception {
    fill();
    Rot.damage(directory, Table.RECORDS);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      readEverything(store);
      database.onSecond();
      int slot = slot("k1");
      var complete = new SlotStep.Complete(slot, database.book().wholeness(slot).since(), false);
      assertThat(Scratch.one(store, complete)).isEqualTo(new AcceptorAnswer.Stale());
      database.book().giveUpSalvage();
      assertThat(Scratch.one(store, complete)).isEqualTo(new AcceptorAnswer.Accepted());
    }
  }

  @Test
  void whatWasSetAsideForRecoveryIsTakenOverTooAndTheReplicasAreAskedAllTheSame() throws Exception {
    var values = fill();
    RocksEngine.setAside(directory, "then");
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      assertThat(oldestHint(store, Scratch.NOW)).isZero();
      database.onSecond();
      readAll(store);
      for (int i = 0; i < KEYS; i++) {
        assertThat(Scratch.read(store, "k" + i)).isEqualTo(values[i]);
        assertThat(database.book().wholeness(slot("k" + i))).isEqualTo(new Wholeness(1, true, true));
      }
    }
  }

  @Test
  void aSlotThatIsTakenOverIsNotLookedForAgainAfterARestartHoweverItCame() throws Exception {
    fill();
    RocksEngine.setAside(directory, "then");
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      database.onSecond();
      while (database.book().awaitsSalvage(slot("k1"))) {
        store.readOn(READ_AT_ONCE);
      }
      assertThat(database.book().awaiting()).isPositive();
    }
    try (var database = Scratch.database(directory, "another boot")) {
      assertThat(database.book().awaitsSalvage(slot("k1"))).isFalse();
      assertThat(database.book().awaiting()).isPositive();
      assertThat(database.salvage()).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aProcessThatDiesBetweenTwoStepsLeavesADirectoryThatStarts(int taken) throws Exception {
    var values = fill();
    var aside = SetAside.at(Scratch.NOW.wallMillis(), SetAside.UNCERTAIN, directory);
    for (var step : aside.steps(directory).subList(0, taken)) {
      step.take();
    }
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      assertThat(database.book().wholeness(slot("k1")).lacksPromises()).isEqualTo(taken > 0);
      assertThat(database.salvage() != null).isEqualTo(taken >= 2);
      database.onSecond();
      readAll(store);
      for (int i = 0; i < KEYS; i++) {
        assertThat(Scratch.read(store, "k" + i)).isEqualTo(values[i]);
      }
      database.onSecond();
    }
    assertThat(directory.resolve("torc.salvage")).doesNotExist();
    assertThat(directory.resolve("torc.forgotten")).doesNotExist();
  }

  @Test
  void whatWasRemovedBeforeItWasReadIsDoneWithout() throws Exception {
    fill();
    var aside = RocksEngine.setAside(directory, "then");
    Scratch.database(directory, BOOT).close();
    Files.move(aside, directory.resolve("elsewhere"));
    try (var database = Scratch.database(directory, BOOT)) {
      assertThat(database.salvage()).isNull();
      assertThat(database.book().awaiting()).isZero();
      assertThat(database.book().wholeness(slot("k1"))).isEqualTo(new Wholeness(1, true, true));
    }
  }

  @Test
  void withoutRoomForASecondDatabaseTheFirstStays() throws Exception {
    fill();
    Rot.damage(directory, Table.RECORDS);
    var config = Scratch.config(directory)
        .withLowSpaceBytes(Files.getFileStore(directory).getUsableSpace() - (64 << 10));
    try (var database = Database.open(config, Scratch.host(BOOT, 1))) {
      var store = Scratch.store(database, 2);
      readEverything(store);
      assertThat(database.damage().isFound()).isTrue();
      database.onSecond();
      assertThat(database.salvage()).isNull();
      assertThat(database.book().isCatchingUp()).isFalse();
    }
    assertThat(asides()).isEmpty();
  }

  @Test
  void aSecondDamageIsNotHealedByItself() throws Exception {
    fill();
    Rot.damage(directory, Table.RECORDS);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      readEverything(store);
      heal(database, store);
      database.damage().note("another record", new MalformedException("no record"));
      database.onSecond();
      database.onSecond();
      assertThat(database.damage().isFound()).isTrue();
      assertThat(database.salvage()).isNull();
    }
    assertThat(asides()).hasSize(1);
  }

  private static long oldestHint(RocksReplicaStore store, Moment at) {
    return ((HintAnswer.Tally) store.perform(List.of(new HintStep.CountKept()), at).getFirst()).oldestMillis();
  }

  private static void readEverything(RocksReplicaStore store) {
    for (int i = 0; i < KEYS; i++) {
      Scratch.one(store, Scratch.fetch("k" + i));
    }
  }

  /** As the disk's thread and the shard's would. */
  private static void heal(Database database, RocksReplicaStore store) {
    database.onSecond();
    assertThat(database.damage().isFound()).isFalse();
    assertThat(database.refusal()).isNull();
    assertThat(database.book().awaiting()).isEqualTo(Slot.COUNT);
    assertThat(Scratch.one(store, Scratch.fetch("k1"))).isInstanceOf(StoreAnswer.Partly.class);
    database.onSecond();
    readAll(store);
    assertThat(database.book().awaiting()).isZero();
    database.onSecond();
    assertThat(database.salvage()).isNull();
  }

  private static void readAll(RocksReplicaStore store) {
    while (store.readOn(READ_AT_ONCE)) {
      // the next piece
    }
  }

  private String[] fill() {
    var random = new SplittableRandom(5);
    var values = new String[KEYS];
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      for (int i = 0; i < KEYS; i++) {
        values[i] = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        Scratch.write(store, "k" + i, values[i]);
      }
    }
    return values;
  }

  private static TreeSet<Long> actors(RocksReplicaStore store) {
    var actors = new TreeSet<Long>();
    for (int i = 0; i < KEYS; i++) {
      actors.add(store.actor(slot("k" + i)));
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

  private static int slot(String key) {
    return Key.of(Bytes.of(key)).slot();
  }
}
