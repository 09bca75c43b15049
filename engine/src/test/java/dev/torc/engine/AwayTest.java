package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.cluster.time.Moment;
import dev.torc.protocol.Bytes;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that was away for longer than others keep what it misses, whether or not its process went on. */
class AwayTest {
  private static final long HOUR = 3_600_000;
  private static final Wholeness LACKING = new Wholeness(2, true, false);
  private static final int SLOT = Key.of(Bytes.of("a")).slot();

  @TempDir
  private Path directory;
  private Moment now = Scratch.NOW;

  @Test
  void whoWasOffForLongerThanHintsLastCatchesUp() {
    beThere();
    now = now.plus(HOUR + 1);
    try (var database = database()) {
      assertThat(database.book().wholeness(SLOT)).isEqualTo(LACKING);
    }
  }

  @Test
  void whoWasOffForLessDoesNot() {
    beThere();
    now = now.plus(HOUR);
    try (var database = database()) {
      assertThat(database.book().wholeness(SLOT)).isEqualTo(Wholeness.WHOLE);
    }
  }

  @Test
  void aClockThatWasSetBackSaysNothing() {
    beThere();
    now = new Moment(now.steadyMillis(), now.wallMillis() - 5 * HOUR);
    try (var database = database()) {
      assertThat(database.book().wholeness(SLOT)).isEqualTo(Wholeness.WHOLE);
    }
  }

  /** Asleep, or cut off: it is found out when it is in touch again, and not before, since nobody could tell it anything. */
  @Test
  void whoReachedNobodyForLongerThanHintsLastCatchesUpWhenItIsBack() {
    try (var database = database()) {
      var store = Scratch.store(database, 1);
      var actor = Scratch.write(store, "a", "1").dot().actor();
      beInTouch(database);
      now = now.plus(HOUR + 1);
      database.onSecond();
      assertThat(database.book().wholeness(SLOT)).isEqualTo(Wholeness.WHOLE);
      beInTouch(database);
      assertThat(database.book().wholeness(SLOT)).isEqualTo(LACKING);
      assertThat(Scratch.one(store, Scratch.fetch("a"))).isInstanceOf(StoreAnswer.Partly.class);
      assertThat(Scratch.write(store, "a", "2").dot().actor()).isNotEqualTo(actor);
      beInTouch(database);
      assertThat(database.book().wholeness(SLOT)).isEqualTo(LACKING);
    }
  }

  @Test
  void whoIsOutOfTouchForLessDoesNot() {
    try (var database = database()) {
      beInTouch(database);
      for (int i = 0; i < 5; i++) {
        now = now.plus(HOUR);
        beInTouch(database);
      }
      assertThat(database.book().isCatchingUp()).isFalse();
    }
  }

  /** What a node that was alone notes of its attendance must not make up for its absence. */
  @Test
  void whoRanAloneAndWasStartedAgainWasAwayAllTheTime() {
    beThere();
    for (int hours = 0; hours < 2; hours++) {
      now = now.plus(HOUR - 1_000);
      try (var database = database()) {
        database.onSecond();
        assertThat(database.book().isCatchingUp()).isEqualTo(hours > 0);
      }
    }
  }

  private void beThere() {
    try (var database = database()) {
      beInTouch(database);
    }
  }

  private static void beInTouch(Database database) {
    database.attendance().onContact();
    database.onSecond();
  }

  private Database database() {
    var host = new EngineHost(() -> now, new SplittableRandom(1), BOOT, broken -> {});
    return Database.open(Scratch.config(directory).withMaxAbsenceMillis(HOUR), host);
  }
}
