package dev.torc.cluster.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long PLENTY = 1L << 40;

  @Test
  void whileErrandsAreQuickMoreAreAskedAtATime() {
    var pace = new Pace(PLENTY);
    int first = burst(pace, 0, 1);
    int later = first;
    for (int i = 1; i < 200; i++) {
      later = burst(pace, 10L * i, 1);
    }
    assertThat(first).isEqualTo(Pace.FIRST);
    assertThat(later).isEqualTo(Pace.MOST);
  }

  @Test
  void whenErrandsTakeLongerItRestsAndAsksHalfAsMuch() {
    var pace = new Pace(PLENTY);
    long now = 0;
    for (; now < 2_000; now += 10) {
      burst(pace, now, 1);
    }
    pace.onAsked();
    pace.onAnswered(50, false, now);
    assertThat(pace.mayAsk(now + 99)).isFalse();
    assertThat(burst(pace, now + 100, 1)).isEqualTo(Pace.MOST / 2);
  }

  @Test
  void whatIsLostHalvesItDownToOne() {
    var pace = new Pace(PLENTY);
    for (int i = 0; i < 20; i++) {
      pace.onAsked();
      pace.onAnswered(1, true, 0);
    }
    assertThat(burst(pace, 10_000, 1)).isEqualTo(1);
  }

  @Test
  void bytesPerSecondAreBounded() {
    assertThat(bytesInAMinute(new Pace(1_000))).isBetween(59_000L, 61_000L);
  }

  @Test
  void inAHurryMoreBytesMayGo() {
    var pace = new Pace(1_000);
    pace.hurry(true);
    assertThat(bytesInAMinute(pace)).isBetween(Pace.HURRY * 59_000L, Pace.HURRY * 61_000L);
    pace.hurry(false);
    assertThat(bytesInAMinute(pace)).isLessThan(61_000L);
  }

  private static long bytesInAMinute(Pace pace) {
    long bytes = 0;
    for (long now = 0; now < 60_000; now += 10) {
      while (pace.mayAsk(now)) {
        pace.onAsked();
        pace.onBytes(100);
        pace.onAnswered(1, false, now);
        bytes += 100;
      }
    }
    return bytes;
  }

  /** Asks as much as it may, then answers all. */
  private static int burst(Pace pace, long now, long tookMillis) {
    int asked = 0;
    for (; pace.mayAsk(now); asked++) {
      pace.onAsked();
    }
    for (int i = 0; i < asked; i++) {
      pace.onAnswered(tookMillis, false, now);
    }
    return asked;
  }
}
