package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiAccrualTest {

  /** Against the normal distribution itself; the approximation is said to be good within a thousandth of the probability. */
  @ParameterizedTest
  @CsvSource({"0, 0.000", "1000, 0.301", "1300, 0.799", "1600, 1.643", "1900, 2.870", "2200, 4.499",
      "2500, 7.0", "2567, 8.0", "4000, 38", "61000, 246000"})
  void phiIsTheLogarithmOfTheChanceThatALivePeerIsSilentForSoLong(double silentMillis, double phi) {
    assertThat(PhiAccrual.phi(silentMillis, 1_000, 300)).isCloseTo(phi, within(0.08 + phi / 10));
  }

  @Test
  void phiGrowsWithTheSilenceAndNeverOverflows() {
    double before = -1;
    for (long silent = 0; silent < 1L << 40; silent = silent * 3 / 2 + 1) {
      double phi = PhiAccrual.phi(silent, 1_000, 300);
      assertThat(phi).isFinite().isGreaterThanOrEqualTo(before);
      before = phi;
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "5", "8", "12", "100"})
  void theThresholdInDeviationsIsTheInverseOfPhi(double phi) {
    assertThat(PhiAccrual.phi(PhiAccrual.sigmas(phi), 0, 1)).isCloseTo(phi, within(1e-6));
  }

  @Test
  void onlyTheLastHundredIntervalsCount() {
    var arrivals = new PhiAccrual();
    for (int i = 0; i < 1_000; i++) {
      arrivals.onInterval(50_000);
    }
    for (int i = 0; i < PhiAccrual.WINDOW; i++) {
      arrivals.onInterval(i % 2 == 0 ? 2_000 : 4_000);
    }
    assertThat(arrivals.meanMillis(0)).isEqualTo(3_000);
    assertThat(arrivals.sigmaMillis(0)).isEqualTo(1_000);
  }

  @Test
  void regularHeartbeatsDoNotMakeAShortDelayLookLikeDeath() {
    var arrivals = new PhiAccrual();
    arrivals.onInterval(500);
    arrivals.onInterval(500);
    assertThat(arrivals.meanMillis(1_000)).isEqualTo(1_000);
    assertThat(arrivals.sigmaMillis(300)).isEqualTo(300);
  }

  @Test
  void withoutAnyHeartbeatTheFloorsStand() {
    var arrivals = new PhiAccrual();
    arrivals.onInterval(70_000);
    assertThat(arrivals.meanMillis(1_000)).as("an interval counts for a minute at most").isEqualTo(65_535);
    arrivals.reset();
    assertThat(arrivals.meanMillis(1_000)).isEqualTo(1_000);
    assertThat(arrivals.sigmaMillis(300)).isEqualTo(300);
  }
}
