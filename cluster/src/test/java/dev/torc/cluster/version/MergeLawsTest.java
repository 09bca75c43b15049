package dev.torc.cluster.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Merge as a lattice's join, on generated records. */
class MergeLawsTest {
  private static final int RUNS = 2_000;

  @Test
  void mergeIsCommutativeAssociativeAndIdempotent() {
    for (int seed = 0; seed < RUNS; seed++) {
      var chance = new RecordGenerator(seed);
      var a = chance.record();
      var b = chance.record();
      var c = chance.record();
      assertThat(a.merge(b)).as("seed %d", seed).isEqualTo(b.merge(a));
      assertThat(a.merge(b).merge(c)).as("seed %d", seed).isEqualTo(a.merge(b.merge(c)));
      assertThat(a.merge(a)).isEqualTo(a);
      assertThat(a.merge(b).merge(b)).as("seed %d", seed).isEqualTo(a.merge(b));
      assertThat(a.merge(StoredRecord.EMPTY)).isEqualTo(StoredRecord.EMPTY.merge(a)).isEqualTo(a);
    }
  }

  @Test
  void mergeKeepsWhatBothHoldAndWhatTheOtherHasNotSeen() {
    for (int seed = 0; seed < RUNS; seed++) {
      var chance = new RecordGenerator(seed);
      var a = chance.record();
      var b = chance.record();
      var expected = new TreeSet<Dot>();
      a.siblings().stream().map(Sibling::dot).filter(d -> !b.version().covers(d) || holds(b, d)).forEach(expected::add);
      b.siblings().stream().map(Sibling::dot).filter(d -> !a.version().covers(d) || holds(a, d)).forEach(expected::add);
      assertThat(a.merge(b).siblings()).as("seed %d", seed).extracting(Sibling::dot)
          .containsExactlyElementsOf(expected);
      assertThat(a.merge(b).version()).isEqualTo(a.version().merge(b.version()));
    }
  }

  /** Rule 8: whether a value is seen to have expired before a merge or after it, here or there, makes no difference. */
  @Test
  void expiryAndMergeMayComeInEitherOrder() {
    for (int seed = 0; seed < RUNS; seed++) {
      var chance = new RecordGenerator(seed);
      var a = chance.record();
      var b = chance.record();
      var after = a.merge(b).collapseExpired(RecordGenerator.WALL);
      assertThat(a.collapseExpired(RecordGenerator.WALL).merge(b).collapseExpired(RecordGenerator.WALL))
          .as("seed %d", seed).isEqualTo(after);
      assertThat(a.collapseExpired(RecordGenerator.WALL).merge(b.collapseExpired(RecordGenerator.WALL)))
          .as("seed %d", seed).isEqualTo(after);
    }
  }

  /** Rule 1, and what reads of large values rest on: replicas that exchange whole records and have seen the same hold the same. */
  @RepeatedTest(20)
  void equalVersionsMeanEqualDots(RepetitionInfo run) {
    var chance = new RecordGenerator(run.getCurrentRepetition());
    var replicas = new StoredRecord[] {StoredRecord.EMPTY, StoredRecord.EMPTY, StoredRecord.EMPTY};
    long hlc = 0;
    for (int step = 0; step < 300; step++) {
      int at = chance.random().nextInt(3);
      if (chance.random().nextBoolean()) {
        hlc += 1 + chance.random().nextInt(5);
        var seen = replicas[chance.random().nextInt(3)].version();
        replicas[at] = replicas[at].update(seen, new Dot(at, hlc), Content.TOMBSTONE);
      } else {
        replicas[at] = replicas[at].merge(replicas[chance.random().nextInt(3)]);
      }
      for (var other : replicas) {
        if (other.version().equals(replicas[at].version())) {
          assertThat(other.siblings()).isEqualTo(replicas[at].siblings());
        }
      }
    }
  }

  private static boolean holds(StoredRecord record, Dot dot) {
    return record.siblings().stream().anyMatch(sibling -> sibling.dot().equals(dot));
  }
}
