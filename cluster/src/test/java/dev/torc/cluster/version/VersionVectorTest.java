package dev.torc.cluster.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionVectorTest {

  @Test
  void mergeIsTheMaximumOfEachEntry() {
    for (int seed = 0; seed < 1_000; seed++) {
      var chance = new RecordGenerator(seed);
      var a = chance.version();
      var b = chance.version();
      var model = model(a);
      model(b).forEach((actor, hlc) -> model.merge(actor, hlc, Math::max));
      assertThat(model(a.merge(b))).isEqualTo(model);
      assertThat(a.covers(b)).isEqualTo(a.merge(b).equals(a));
      assertThat(a.merge(b).greatestHlc()).isEqualTo(Math.max(a.greatestHlc(), b.greatestHlc()));
    }
  }

  @Test
  void anEntryCoversEveryDotUpToItself() {
    var version = VersionVector.of(new Dot(1, 5));
    assertThat(version.covers(new Dot(1, 5))).isTrue();
    assertThat(version.covers(new Dot(1, 1))).isTrue();
    assertThat(version.covers(new Dot(1, 6))).isFalse();
    assertThat(version.covers(new Dot(2, 1))).isFalse();
    assertThat(version.with(new Dot(1, 3))).isSameAs(version);
  }

  @Test
  void entriesAreAscendingAndNotEmpty() {
    assertThat(VersionVector.ofSorted(new long[0], new long[0])).isSameAs(VersionVector.EMPTY);
    for (var bad : new long[][][] {{{2, 1}, {1, 1}}, {{1, 1}, {1, 1}}, {{1}, {0}}, {{1}, {-1}}}) {
      assertThatThrownBy(() -> VersionVector.ofSorted(bad[0], bad[1])).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void dotsAreOrderedByTimeThenByActor() {
    assertThat(new Dot(9, 1)).isLessThan(new Dot(1, 2));
    assertThat(new Dot(1, 2)).isLessThan(new Dot(9, 2));
    assertThat(new Dot(1, 2)).isLessThan(new Dot(-1, 2));
  }

  private static TreeMap<Long, Long> model(VersionVector version) {
    var model = new TreeMap<Long, Long>();
    for (int i = 0; i < version.size(); i++) {
      model.put(version.actorAt(i), version.hlcAt(i));
    }
    return model;
  }
}
