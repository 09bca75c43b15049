package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.time.Moment;
import java.util.List;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.protocol.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was set aside is taken over, once, whatever comes between. */
class SalvageTest {
  @TempDir
  private Path directory;

  @Test
  void aHintIsKeptWithItsAgeAndUntilThenCountsAsHeld() throws Exception {
    var owner = new NodeId(77);
    var record = Scratch.chosen("v", Scratch.ballot(1));
    Rot.fill(directory);
    try (var database = Scratch.database(directory, BOOT)) {
      Scratch.one(Scratch.store(database, 1), new HintStep.Keep(owner, Key.of(Bytes.of("hint")), record));
    }
    Rot.damage(directory, Table.RECORDS);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      var later = Scratch.NOW.plus(5_000);
      Rot.readEverything(store);
      database.onSecond();
      assertThat(oldestHint(store, later)).isEqualTo(Scratch.NOW.wallMillis());
      store.perform(List.of(new HintStep.Keep(owner, Key.of(Bytes.of("hint")), Scratch.chosen("w", Scratch.ballot(2)))),
          later);
      Rot.readAll(store);
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
    Rot.fill(directory);
    Rot.damage(directory, Table.RECORDS);
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      Rot.readEverything(store);
      database.onSecond();
      int slot = Rot.slot("k1");
      var complete = new SlotStep.Complete(slot, database.book().wholeness(slot).since(), false);
      assertThat(Scratch.one(store, complete)).isEqualTo(new AcceptorAnswer.Stale());
      database.book().giveUpSalvage();
      assertThat(Scratch.one(store, complete)).isEqualTo(new AcceptorAnswer.Accepted());
    }
  }

  @Test
  void whatWasSetAsideForRecoveryIsTakenOverTooAndTheReplicasAreAskedAllTheSame() throws Exception {
    var values = Rot.fill(directory);
    RocksEngine.setAside(directory, "then");
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      assertThat(oldestHint(store, Scratch.NOW)).isZero();
      database.onSecond();
      Rot.readAll(store);
      for (int i = 0; i < Rot.KEYS; i++) {
        assertThat(Scratch.read(store, "k" + i)).isEqualTo(values[i]);
        assertThat(database.book().wholeness(Rot.slot("k" + i))).isEqualTo(new Wholeness(1, true, true));
      }
    }
  }

  @Test
  void aSlotThatIsTakenOverIsNotLookedForAgainAfterARestartHoweverItCame() throws Exception {
    Rot.fill(directory);
    RocksEngine.setAside(directory, "then");
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      database.onSecond();
      while (database.book().awaitsSalvage(Rot.slot("k1"))) {
        store.readOn(Rot.READ_AT_ONCE);
      }
      assertThat(database.book().awaiting()).isPositive();
    }
    try (var database = Scratch.database(directory, "another boot")) {
      assertThat(database.book().awaitsSalvage(Rot.slot("k1"))).isFalse();
      assertThat(database.book().awaiting()).isPositive();
      assertThat(database.salvage()).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aProcessThatDiesBetweenTwoStepsLeavesADirectoryThatStarts(int taken) throws Exception {
    var values = Rot.fill(directory);
    var aside = SetAside.at(Scratch.NOW.wallMillis(), SetAside.UNCERTAIN, directory);
    for (var step : aside.steps(directory).subList(0, taken)) {
      step.take();
    }
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      assertThat(database.book().wholeness(Rot.slot("k1")).lacksPromises()).isEqualTo(taken > 0);
      assertThat(database.salvage() != null).isEqualTo(taken >= 2);
      database.onSecond();
      Rot.readAll(store);
      for (int i = 0; i < Rot.KEYS; i++) {
        assertThat(Scratch.read(store, "k" + i)).isEqualTo(values[i]);
      }
      database.onSecond();
    }
    assertThat(directory.resolve("torc.salvage")).doesNotExist();
    assertThat(directory.resolve("torc.forgotten")).doesNotExist();
  }

  @Test
  void whatWasRemovedBeforeItWasReadIsDoneWithout() throws Exception {
    Rot.fill(directory);
    var aside = RocksEngine.setAside(directory, "then");
    Scratch.database(directory, BOOT).close();
    Files.move(aside, directory.resolve("elsewhere"));
    try (var database = Scratch.database(directory, BOOT)) {
      assertThat(database.salvage()).isNull();
      assertThat(database.book().awaiting()).isZero();
      assertThat(database.book().wholeness(Rot.slot("k1"))).isEqualTo(new Wholeness(1, true, true));
    }
  }

  private static long oldestHint(RocksReplicaStore store, Moment at) {
    return ((HintAnswer.Tally) store.perform(List.of(new HintStep.CountKept()), at).getFirst()).oldestMillis();
  }

}
