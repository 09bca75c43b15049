package dev.torc.cluster.membership;

import java.util.Arrays;

/**
 * How unlikely one peer's silence is. Phi is the negative decimal logarithm of the chance that a live peer would be silent for so long, if its heartbeats come
 * as they came before: a normal distribution with the mean and the standard deviation of the last 100 intervals. So one threshold serves fast and slow
 * networks (Hayashibara et al., "The phi accrual failure detector", 2004).
 *
 * <p>The complication is that heartbeats that come too regularly make any delay look like death, and few of them say little: both figures have a floor. The normal distribution's
 * tail is approximated by a logistic one, as in Akka and Cassandra, within a thousandth.
 */
final class PhiAccrual {
  static final int WINDOW = 100;
  private static final int FIRST_ROOM = 4;
  /** What one interval can count for; two bytes hold it, for there may be a million of them in a test. */
  private static final int MAX_INTERVAL_MILLIS = 0xffff;
  private static final double LINEAR = 1.5976;
  private static final double CUBIC = 0.070566;

  private short[] intervals = new short[FIRST_ROOM];
  private int count;
  private int next;
  private long sum;
  private long sumOfSquares;

  /**
   * The formula.
   *
   * @return 0 … some hundreds
   */
  static double phi(double silentMillis, double meanMillis, double sigmaMillis) {
    double y = (silentMillis - meanMillis) / sigmaMillis;
    double exponent = y * (LINEAR + CUBIC * y * y);
    // -log10(e^-x / (1 + e^-x)), written so that neither end overflows.
    return exponent > 0
        ? (exponent + Math.log1p(Math.exp(-exponent))) / Math.log(10)
        : Math.log1p(Math.exp(exponent)) / Math.log(10);
  }

  /** By how many standard deviations a silence must exceed the mean for this phi: the inverse of {@link #phi}. */
  static double sigmas(double phi) {
    double low = -100;
    double high = 100;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (phi(middle, 0, 1) < phi) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  void onInterval(long millis) {
    int interval = Math.clamp(millis, 0, MAX_INTERVAL_MILLIS);
    if (next == intervals.length && intervals.length < WINDOW) {
      intervals = Arrays.copyOf(intervals, Math.min(WINDOW, 2 * intervals.length));
    }
    next = next == WINDOW ? 0 : next;
    if (count == WINDOW) {
      long oldest = Short.toUnsignedInt(intervals[next]);
      sum -= oldest;
      sumOfSquares -= oldest * oldest;
    } else {
      count++;
    }
    intervals[next++] = (short) interval;
    sum += interval;
    sumOfSquares += (long) interval * interval;
  }

  /** Forgets what it saw: another run of the peer, or the first sign of it after it was away. */
  void reset() {
    count = 0;
    next = 0;
    sum = 0;
    sumOfSquares = 0;
  }

  double meanMillis(double floorMillis) {
    return count == 0 ? floorMillis : Math.max(floorMillis, (double) sum / count);
  }

  double sigmaMillis(double floorMillis) {
    if (count == 0) {
      return floorMillis;
    }
    double mean = (double) sum / count;
    return Math.max(floorMillis, Math.sqrt(Math.max(0, (double) sumOfSquares / count - mean * mean)));
  }
}
