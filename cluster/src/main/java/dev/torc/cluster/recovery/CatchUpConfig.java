package dev.torc.cluster.recovery;

/**
 * The figures of catching up.
 *
 * @param atOnce stretches of slots that are worked at
 * @param pageBytes of records in one answer, about
 * @param timeoutMillis for one question to a store
 * @param requestMillis that a request may take, until which an acknowledgement from before the loss may count together with one that is yet to come
 * @param maxSkewMillis how far clocks may differ; for twice as long after the start a replica waits that forgot its promises, until its ballots are above all that it knew
 * @param maxBytesPerSecond of records that others tell
 */
public record CatchUpConfig(int atOnce, int pageBytes, long timeoutMillis, long requestMillis, long maxSkewMillis,
    long maxBytesPerSecond) {

  public CatchUpConfig {
    if (atOnce < 1 || pageBytes < 1 || timeoutMillis < 1 || requestMillis < 0 || maxSkewMillis < 0
        || maxBytesPerSecond < 1) {
      throw new IllegalArgumentException(atOnce + " at once, " + pageBytes + " bytes, " + timeoutMillis
          + " ms, requests of " + requestMillis + " ms, skew of " + maxSkewMillis + " ms, " + maxBytesPerSecond
          + " bytes/s");
    }
  }

  public static CatchUpConfig of(long requestMillis, long maxSkewMillis, long maxBytesPerSecond) {
    return new CatchUpConfig(4, 32 << 10, 5_000, requestMillis, maxSkewMillis, maxBytesPerSecond);
  }

  /** After a loss, until nothing is acknowledged any more that counts on what was lost. */
  long settleMillis() {
    return requestMillis + maxSkewMillis;
  }
}
