package dev.torc.cluster.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.session.RecentWrites.Figure;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Dot;
import dev.torc.protocol.Bytes;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class RecentWritesTest {
  private final RecentWrites writes = new RecentWrites();

  private static Key key(int number) {
    return Key.of(Bytes.of("k" + number));
  }

  @Test
  void whoHasWrittenNothingHasNothingToWaitFor() {
    assertThat(writes.isEmpty()).isTrue();
    assertThat(writes.isWhole()).isTrue();
    assertThat(writes.latest()).isEmpty();
  }

  @Test
  void ofAKeyTheLastWriteIsKeptAndOfAllTheFewestReplicas() {
    writes.wrote(key(1), new Dot(1, 5), 3);
    writes.wrote(key(2), new Dot(1, 6), 1);
    writes.wrote(key(1), new Dot(1, 7), 2);
    writes.wrote(key(1), new Dot(1, 8), 2);
    assertThat(writes.latest()).containsOnly(Map.entry(key(1), new Dot(1, 8)),
        Map.entry(key(2), new Dot(1, 6)));
    assertThat(writes.fewest()).isEqualTo(1);
    assertThat(writes.isWhole()).isTrue();
  }

  @Test
  void moreAreKeptOnceTheClientHasAsked() {
    for (int i = 0; i < 200; i++) {
      writes.wrote(key(i), new Dot(1, i + 1), 2);
    }
    assertThat(writes.latest()).hasSize(128);
    assertThat(writes.isWhole()).isFalse();
    writes.ask(1, false, false, false);
    for (int i = 0; i < 2_000; i++) {
      writes.wrote(key(i), new Dot(1, i + 100), 2);
    }
    assertThat(writes.latest()).hasSize(RecentWrites.LIMIT);
  }

  @Test
  void whileItIsWholeItTellsTheLastWriteOfEveryKey() {
    for (long seed = 0; seed < 500; seed++) {
      var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      var recent = new RecentWrites();
      var expected = new TreeMap<Key, Dot>();
      for (int i = 1; i < 60; i++) {
        var key = key(random.nextInt(12));
        var dot = new Dot(random.nextInt(3), i);
        recent.wrote(key, dot, 2);
        expected.put(key, dot);
        if (random.nextInt(30) == 0) {
          recent.ask(1, false, false, false);
        }
        if (recent.isWhole()) {
          assertThat(new TreeMap<>(recent.latest())).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void whatWasToldIsAskedForAgainOnlyByWhoWantsMore() {
    writes.wrote(key(1), new Dot(1, 5), 2);
    writes.onTold(writes.ask(1, false, false, false), new Figure(1, true), false);
    writes.wrote(key(2), new Dot(1, 6), 2);
    var question = writes.ask(1, false, false, false);
    assertThat(question.writes()).containsOnlyKeys(key(2));
    assertThat(question.atMost()).isEqualTo(new Figure(1, true));
    assertThat(writes.ask(2, false, false, false).writes()).containsOnlyKeys(key(1), key(2));
    assertThat(writes.ask(0, false, false, false).writes()).containsOnlyKeys(key(1), key(2));
  }

  @Test
  void whatIsHeldIsNotOnDiskForThat() {
    writes.wrote(key(1), new Dot(1, 5), 2);
    writes.onTold(writes.ask(1, false, false, false), new Figure(2, true), false);
    assertThat(writes.ask(1, true, true, false).writes()).containsOnlyKeys(key(1));
    writes.onTold(writes.ask(1, true, true, false), new Figure(1, true), true);
    assertThat(writes.ask(1, true, true, false).writes()).isEmpty();
    assertThat(writes.ask(1, false, false, false).writes()).isEmpty();
  }

  @Test
  void whatFellOutCountsOnceByWhatWasAcknowledged() {
    for (int i = 0; i < 200; i++) {
      writes.wrote(key(i), new Dot(1, i + 1), 2);
    }
    assertThat(writes.ask(2, false, false, false).atMost()).isEqualTo(new Figure(1, true));
    assertThat(writes.ask(2, true, true, true).atMost()).isEqualTo(new Figure(1, true));
    var question = writes.ask(2, true, true, false);
    assertThat(question.atMost()).isEqualTo(new Figure(0, false));
    writes.onTold(question, question.atMost(), true);
    assertThat(writes.ask(2, false, false, false).atMost().others()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aLongKeyIsNotKept() {
    writes.wrote(Key.of(Bytes.of("x".repeat(1_025))), new Dot(1, 5), 2);
    assertThat(writes.latest()).isEmpty();
    assertThat(writes.ask(2, false, false, false).atMost()).isEqualTo(new Figure(1, true));
  }
}
