package dev.torc.cluster.antientropy;

/**
 * How often replicas are compared, and how fast.
 *
 * @param intervalMillis between two rounds with the same peer
 * @param maxBytesPerSecond that repairs may move, about
 */
public record AntiEntropyConfig(long intervalMillis, long maxBytesPerSecond) {
  public AntiEntropyConfig {
    if (intervalMillis < 1 || maxBytesPerSecond < 1) {
      throw new IllegalArgumentException("rounds every " + intervalMillis + " ms, " + maxBytesPerSecond + " bytes/s");
    }
  }
}
