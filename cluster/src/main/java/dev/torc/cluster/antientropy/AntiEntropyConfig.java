package dev.torc.cluster.antientropy;

/**
 * How often replicas are compared, and how fast.
 *
 * @param intervalMillis between two rounds with the same peer
 * @param timeoutMillis after which what was asked of a store counts as lost
 * @param maxBytesPerSecond that repairs may move, about
 */
public record AntiEntropyConfig(long intervalMillis, long timeoutMillis, long maxBytesPerSecond) {
  public AntiEntropyConfig {
    if (intervalMillis < 1 || timeoutMillis < 1 || maxBytesPerSecond < 1) {
      throw new IllegalArgumentException("rounds every " + intervalMillis + " ms, lost after " + timeoutMillis + " ms, "
          + maxBytesPerSecond + " bytes/s");
    }
  }
}
