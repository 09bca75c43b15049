package dev.torc.cluster.hint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();
  private long now = 1_000;

  @Test
  void batchesThatTakeAsLongAsTheyAlwaysDidGrowUpToTheLargest() {
    for (int size = Pace.FIRST; size < Pace.LARGEST; size++) {
      assertThat(pace.batch()).isEqualTo(size);
      deliver(80);
    }
    deliver(80);
    assertThat(pace.batch()).isEqualTo(Pace.LARGEST);
  }

  @Test
  void oneThatTakesMuchLongerThanTheQuickestHalvesThem() {
    deliver(80);
    deliver(80);
    assertThat(pace.batch()).isEqualTo(6);
    deliver(200);
    assertThat(pace.batch()).isEqualTo(3);
  }

  @Test
  void aNodeThatHasBecomeSlowerForGoodIsNotTakenForBusyForEver() {
    deliver(10);
    for (int i = 0; i < 10; i++) {
      deliver(80);
    }
    assertThat(pace.batch()).isEqualTo(1);
    for (int i = 0; i < 290; i++) {
      deliver(80);
    }
    assertThat(pace.batch()).isEqualTo(Pace.LARGEST);
  }

  @Test
  void thePauseIsAsLongAsTheBatchTook() {
    deliver(70);
    assertThat(pace.isPausing(now + 69)).isTrue();
    assertThat(pace.isPausing(now + 70)).isFalse();
  }

  @Test
  void eachFailureHalvesThemAndDoublesTheWaitUpToALimitUntilOneSucceeds() {
    long[] waits = {500, 1_000, 2_000, 4_000, 8_000, 8_000};
    int[] batches = {2, 1, 1, 1, 1, 1};
    for (int i = 0; i < waits.length; i++) {
      pace.onFailed(now);
      assertThat(pace.batch()).isEqualTo(batches[i]);
      assertThat(pace.isPausing(now + waits[i] - 1)).isTrue();
      assertThat(pace.isPausing(now + waits[i])).isFalse();
    }
    deliver(1);
    pace.onFailed(now);
    assertThat(pace.isPausing(now + 500)).isFalse();
  }

  @Test
  void aNodeThatIsBackIsNotWaitedFor() {
    pace.onFailed(now);
    pace.onFailed(now);
    pace.onUp();
    assertThat(pace.isPausing(now)).isFalse();
    pace.onFailed(now);
    assertThat(pace.isPausing(now + 500)).isFalse();
  }

  private void deliver(long tookMillis) {
    pace.onDelivered(now, now + tookMillis);
    now += tookMillis;
  }
}
