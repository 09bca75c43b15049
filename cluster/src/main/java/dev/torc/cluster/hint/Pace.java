package dev.torc.cluster.hint;

/**
 * How much is delivered to one node at once. It sets the pace itself: after each batch as long a pause is made as the batch took, so that at most half of the time anything of this
 * is with it. While it is quick the batches grow by one hint each; when one takes long, or is not answered, they are halved.
 */
final class Pace {
  static final int LARGEST = 64;
  private static final int FIRST = 4;
  /** A node that takes longer has other things to do. */
  private static final long QUICK_MILLIS = 50;
  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LONGEST_WAIT_MILLIS = 8_000;

  private int batch = FIRST;
  private long resumesAt = Long.MIN_VALUE;
  private long waitMillis = FIRST_WAIT_MILLIS;

  int batch() {
    return batch;
  }

  boolean isPausing(long nowMillis) {
    return nowMillis < resumesAt;
  }

  void onDelivered(long startedAtMillis, long nowMillis) {
    long took = nowMillis - startedAtMillis;
    batch = took > QUICK_MILLIS ? Math.max(1, batch / 2) : Math.min(LARGEST, batch + 1);
    resumesAt = nowMillis + took;
    waitMillis = FIRST_WAIT_MILLIS;
  }

  /** One that was not answered, or refused: again after a while, and if that fails too after a longer one. */
  void onFailed(long nowMillis) {
    batch = Math.max(1, batch / 2);
    resumesAt = nowMillis + waitMillis;
    waitMillis = Math.min(LONGEST_WAIT_MILLIS, 2 * waitMillis);
  }

  /** The node has come back. */
  void onUp() {
    resumesAt = Long.MIN_VALUE;
    waitMillis = FIRST_WAIT_MILLIS;
  }
}
