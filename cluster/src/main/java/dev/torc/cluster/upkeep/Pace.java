package dev.torc.cluster.upkeep;

/**
 * How many errands may be under way, so that requests do not feel them. What an errand takes from asking to answering is what a request would wait at the same stores, so that is
 * what is measured: while it stays near the least that it has been, a little more is asked at a time; when it grows, half as much, and after a rest. Beside that, a bucket of
 * bytes that fills evenly.
 *
 * <p>Additive increase, multiplicative decrease (Chiu, Jain, 1989), on delay rather than loss, as TCP Vegas does (Brakmo, Peterson, 1995).
 */
public final class Pace {
  static final int MOST = 64;
  static final int FIRST = 8;
  /** Of latency that is not worth a word: clocks tick in milliseconds, stores answer in batches. */
  private static final long SLACK_MILLIS = 10;
  private static final double FORGETS = 1.01;
  /** What is saved up leaves at once, and requests would wait behind it. */
  private static final double BUCKET_SECONDS = 0.02;
  /** So much more may be moved in a hurry. */
  static final int HURRY = 4;

  private final long maxBytesPerSecond;
  private double window = FIRST;
  private double leastMillis = Double.MAX_VALUE;
  private int underWay;
  private double room;
  private long filledAtMillis;
  private long restUntilMillis;
  private boolean hurries;

  public Pace(long maxBytesPerSecond) {
    this.maxBytesPerSecond = maxBytesPerSecond;
    this.room = maxBytesPerSecond * BUCKET_SECONDS;
  }

  public boolean mayAsk(long nowMillis) {
    double filled = room + (nowMillis - filledAtMillis) * maxBytesPerSecond / 1e3;
    room = Math.min(filled, maxBytesPerSecond * BUCKET_SECONDS);
    filledAtMillis = nowMillis;
    return underWay < window && room > 0 && nowMillis >= restUntilMillis;
  }

  public void onAsked() {
    underWay++;
  }

  /** @param tookMillis from asking to answering */
  public void onAnswered(long tookMillis, boolean isLost, long nowMillis) {
    underWay--;
    leastMillis = Math.min(tookMillis, leastMillis * FORGETS + 0.01);
    if (isLost || tookMillis > 2 * leastMillis + SLACK_MILLIS) {
      window = Math.max(1, window / 2);
      restUntilMillis = nowMillis + Math.min(1_000, 2 * tookMillis);
    } else {
      window = Math.min(MOST, window + 1 / window);
    }
  }

  /** From now on more bytes may go, or again no more than always. How much is under way follows the latencies all the same, so requests feel no more of it. */
  public void hurry(boolean inAHurry) {
    hurries = inAHurry;
  }

  /** So much went over the wire, or will. */
  public void onBytes(long bytes) {
    room -= hurries ? (double) bytes / HURRY : bytes;
  }
}
