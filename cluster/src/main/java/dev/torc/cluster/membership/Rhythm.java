package dev.torc.cluster.membership;

/**
 * How regularly heartbeats can be expected at best, the floors under what was measured. Whom this node watches it hears from at each interval. The others it hears of as
 * digests come round, some {@code toldPerInterval} an interval, at random: an exponential distribution, whose deviation is its mean.
 *
 * @param sigmas by how many deviations a silence must exceed the mean to be asked about
 */
record Rhythm(int intervalMillis, int toldPerInterval, double sigmas) {
  private static final int MEAN_FLOOR_MILLIS = 1_000;
  private static final double SIGMA = 0.3;

  double meanMillis(boolean isWatched, int peers) {
    double heard = Math.max(MEAN_FLOOR_MILLIS, intervalMillis);
    return isWatched ? heard : heard * Math.max(1, (double) peers / toldPerInterval);
  }

  double sigmaMillis(boolean isWatched, int peers) {
    double mean = meanMillis(isWatched, peers);
    return isWatched ? SIGMA * mean : mean;
  }
}
