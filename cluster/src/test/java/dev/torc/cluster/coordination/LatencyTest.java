package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long NEVER_SLOW = Long.MAX_VALUE / 4;
  private final Latency latency = new Latency();
  private long now;

  @Test
  void aBucketTellsATimeToAQuarter() {
    for (long millis = 0; millis < 100_000; millis++) {
      long greatest = Latency.greatestOf(Latency.bucketOf(millis));
      assertThat(greatest).isBetween(millis, millis + millis / 4);
      assertThat(Latency.bucketOf(greatest)).isEqualTo(Latency.bucketOf(millis));
      assertThat(Latency.bucketOf(greatest + 1)).isEqualTo(Latency.bucketOf(millis) + 1);
    }
  }

  @Test
  void whatTakesForEverIsInTheLastBucket() {
    assertThat(Latency.bucketOf(Long.MAX_VALUE)).isEqualTo(63);
    assertThat(Latency.bucketOf(-1)).isZero();
  }

  @Test
  void aFewAnswersTellNothing() {
    answer(Latency.ENOUGH - 1, 3);
    assertThat(latency.p99Millis()).isEqualTo(-1);
    answer(1, 3);
    assertThat(latency.p99Millis()).isEqualTo(3);
  }

  @Test
  void oneInAHundredDoesNotCount() {
    for (int i = 0; i < 4; i++) {
      answer(99, 3);
      answer(1, 500);
    }
    assertThat(latency.p99Millis()).isEqualTo(3);
    answer(20, 500);
    assertThat(latency.p99Millis()).isEqualTo(511);
  }

  @Test
  void whatWasLongAgoFades() {
    answer(Latency.WINDOW, 500);
    answer(20 * Latency.WINDOW, 3);
    assertThat(latency.p99Millis()).isEqualTo(3);
  }

  @Test
  void anOperationMayTakeLongerThanAStep() {
    latency.onAsked(true, now);
    assertThat(latency.isSlow(0, 50, 250, now + 250)).isFalse();
    assertThat(latency.isSlow(0, 50, 250, now + 251)).isTrue();
    latency.onAsked(false, now);
    assertThat(latency.isSlow(0, 50, 250, now + 51)).isTrue();
  }

  @Test
  void whoeverIsAskedNothingIsNotSilent() {
    latency.onAsked(false, now);
    latency.onAnswer(false, 1, 50, now + 1);
    assertThat(latency.isSlow(0, 50, 250, now + 1_000_000)).isFalse();
  }

  @Test
  void aSlowOneThatNobodyAsksAnythingIsForgivenInTheEnd() {
    latency.onAsked(false, now);
    latency.onAnswer(false, 400, 50, now + 400);
    assertThat(latency.isSlow(0, 50, 250, now + 10_399)).isTrue();
    assertThat(latency.isSlow(0, 50, 250, now + 10_400)).isFalse();
  }

  private void answer(int times, long millis) {
    for (int i = 0; i < times; i++) {
      latency.onAsked(false, now);
      now += millis;
      latency.onAnswer(false, millis, NEVER_SLOW, now);
    }
  }
}
