package dev.torc.cluster.hint;

/**
 * How much is delivered to one node at once. The node sets the pace itself: after each batch as long a pause is made as the batch took, so that at most half of the time anything of this
 * is with it. While batches take about as long as the quickest did, they grow by one hint each; when one takes much longer the node has other things to do, and they are halved, as they are when
 * one is not answered. Measured against itself, since a batch waits for a disk, and no two disks are alike.
 *
 * <p>Additive increase, multiplicative decrease (Chiu, Jain, 1989), on delay as TCP Vegas does it (Brakmo, Peterson, 1995).
 */
final class Pace {
  static final int LARGEST = 64;
  static final int FIRST = 4;
  /** Of latency that is not worth a word. */
  private static final long SLACK_MILLIS = 20;
  /** The quickest is forgotten in the course of some hundred batches. */
  private static final double FORGETS = 1.01;
  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LONGEST_WAIT_MILLIS = 8_000;

  private int batch = FIRST;
  private double quickestMillis = Double.MAX_VALUE;
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
    quickestMillis = Math.min(took, quickestMillis * FORGETS + 0.01);
    batch = took > 2 * quickestMillis + SLACK_MILLIS ? Math.max(1, batch / 2) : Math.min(LARGEST, batch + 1);
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
