package dev.torc.cluster.recovery;

/**
 * The figures of catching up.
 *
 * @param atOnce stretches of slots that are worked at
 * @param pageBytes of records in one answer, about
 * @param timeoutMillis for one question to a store
 * @param maxSkewMillis how far clocks may differ; for twice as long after the start a replica waits that forgot its promises, until its ballots are above all that it knew
 */
public record CatchUpConfig(int atOnce, int pageBytes, long timeoutMillis, long maxSkewMillis) {

  public CatchUpConfig {
    if (atOnce < 1 || pageBytes < 1 || timeoutMillis < 1 || maxSkewMillis < 0) {
      throw new IllegalArgumentException(
          atOnce + " at once, " + pageBytes + " bytes, " + timeoutMillis + " ms, skew of " + maxSkewMillis + " ms");
    }
  }

  public static CatchUpConfig of(long maxSkewMillis) {
    return new CatchUpConfig(4, 256 << 10, 5_000, maxSkewMillis);
  }
}
