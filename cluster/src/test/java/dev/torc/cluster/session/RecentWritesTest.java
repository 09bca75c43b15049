package dev.torc.cluster.session;

import static org.assertj.core.api.Assertions.assertThat;

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
    for (int i = 0; i < 40; i++) {
      writes.wrote(key(i), new Dot(1, i + 1), 2);
    }
    assertThat(writes.latest()).hasSize(16);
    assertThat(writes.isWhole()).isFalse();
    writes.onAsked();
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
          recent.onAsked();
        }
        if (recent.isWhole()) {
          assertThat(new TreeMap<>(recent.latest())).isEqualTo(expected);
        }
      }
    }
  }
}
