package dev.torc.cluster.membership;

/**
 * The figures of failure detection.
 *
 * @param suspectAt the phi from which on a silent peer is asked whether it is there; 8 is one false alarm in 10^8 heartbeats, if they come normally distributed
 * @param probeMillis how long it has to answer, directly or through others
 * @param helpers through how many others it is asked
 * @param standMillis how long the votes of two monitors must stand before a peer counts as down
 * @param monitors how many nodes watch each
 */
public record DetectionConfig(double suspectAt, int probeMillis, int helpers, int standMillis, int monitors) {
  public static final DetectionConfig DEFAULT = new DetectionConfig(8, 500, 3, 4_000, 8);

  public DetectionConfig {
    if (!(suspectAt > 0) || probeMillis <= 0 || helpers < 0 || standMillis <= 0 || monitors <= 0) {
      throw new IllegalArgumentException("detection by " + suspectAt + ", " + probeMillis + " ms, " + helpers
          + " helpers, " + standMillis + " ms, " + monitors + " monitors");
    }
  }
}
