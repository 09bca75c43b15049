package dev.torc.cluster.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HybridClockTest {
  private static final long SKEW = 5_000;

  @Test
  void readingsGrowWhateverTheWallClockDoes() {
    var random = new SplittableRandom(1);
    var clock = new HybridClock(0, SKEW);
    long last = 0;
    long wall = 1_000_000;
    for (int i = 0; i < 10_000; i++) {
      wall += random.nextLong(-20_000, 20_000);
      var now = new Moment(i, Math.max(0, wall));
      if (random.nextBoolean()) {
        clock.fold(Hlc.atMillis(now.wallMillis() + random.nextLong(2 * SKEW)), now);
      }
      long reading = clock.tick(now);
      assertThat(reading).isGreaterThan(last);
      last = reading;
    }
  }

  @Test
  void aReadingIsTheWallClocksWhenThatIsAhead() {
    var clock = new HybridClock(0, SKEW);
    assertThat(clock.tick(at(100))).isEqualTo(Hlc.atMillis(100));
    assertThat(clock.tick(at(100))).isEqualTo(Hlc.atMillis(100) + 1);
    assertThat(clock.tick(at(90))).isEqualTo(Hlc.atMillis(100) + 2);
    assertThat(clock.tick(at(101))).isEqualTo(Hlc.atMillis(101));
  }

  @Test
  void whatIsFoldedInIsExceeded() {
    var clock = new HybridClock(0, SKEW);
    assertThat(clock.fold(Hlc.atMillis(100 + SKEW), at(100))).isTrue();
    assertThat(clock.tick(at(100))).isEqualTo(Hlc.atMillis(100 + SKEW) + 1);
  }

  @Test
  void whatIsFurtherAheadThanTheSkewDragsNobody() {
    var clock = new HybridClock(0, SKEW);
    assertThat(clock.fold(Hlc.atMillis(101 + SKEW), at(100))).isFalse();
    assertThat(clock.tick(at(100))).isEqualTo(Hlc.atMillis(100));
  }

  @Test
  void aRestartedClockBeginsAboveItsFloor() {
    assertThat(new HybridClock(Hlc.atMillis(500), SKEW).tick(at(100))).isEqualTo(Hlc.atMillis(500) + 1);
  }

  private static Moment at(long wallMillis) {
    return new Moment(0, wallMillis);
  }
}
