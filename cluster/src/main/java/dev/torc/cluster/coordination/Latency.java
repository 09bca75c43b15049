package dev.torc.cluster.coordination;

import java.util.Arrays;

/**
 * How long one node takes to answer: a histogram in which old answers fade, and since when nothing is heard of it though something is wanted.
 *
 * <p>Buckets grow with what they count, four to a doubling, so that 64 of them reach from a millisecond to two minutes. When they hold {@link #WINDOW} answers all are
 * halved. Nothing is allocated after the start.
 */
final class Latency {
  static final int WINDOW = 512;
  /** Answers before anything is said about the next. */
  static final int ENOUGH = 32;
  private static final int BUCKETS = 64;
  private static final int LOOKED_AT_EVERY = 16;
  /** One quick answer of a node that was slow may be chance. */
  private static final int QUICK_IN_A_ROW = 4;
  /** A node that nobody asks anything cannot show that it is well again; so after a while it is asked. */
  private static final long FORGIVEN_AFTER_MILLIS = 10_000;

  private final int[] counts = new int[BUCKETS];
  private int answers;
  private int sinceLook;
  private long p99;
  private int steps;
  private int forwards;
  private long silentSince;
  private boolean slow;
  private long slowAt;
  private int quick;

  /** Of 100 answers, 99 come within this; -1 before enough are known. */
  long p99Millis() {
    return answers < ENOUGH ? -1 : p99;
  }

  /** @param isForward whether a whole operation is asked for, which may take long by rights; else a step of its store */
  void onAsked(boolean isForward, long now) {
    if (steps + forwards == 0) {
      silentSince = now;
    }
    steps += isForward ? 0 : 1;
    forwards += isForward ? 1 : 0;
  }

  /** The answer to something asked so long ago. */
  void onAnswer(boolean isForward, long millis, long slowAfterMillis, long now) {
    onNoLongerAwaited(isForward);
    silentSince = now;
    if (isForward) {
      return;
    }
    count(millis);
    if (millis > slowAfterMillis) {
      slow = true;
      slowAt = now;
      quick = 0;
    } else if (slow && ++quick >= QUICK_IN_A_ROW) {
      slow = false;
    }
  }

  /** The same of an answer from a time about which nothing can be said. */
  void onAnswer(boolean isForward, long now) {
    onNoLongerAwaited(isForward);
    silentSince = now;
  }

  /** Nobody waits any more for the answer to something asked so long ago. */
  void onGivenUp(boolean isForward, long millis, long slowAfterMillis, long now) {
    onNoLongerAwaited(isForward);
    if (millis > slowAfterMillis) {
      slow = true;
      slowAt = now;
      quick = 0;
    }
  }

  /** @param since what was not heard before that says nothing */
  boolean isSlow(long since, long slowAfterMillis, long forwardsSlowAfterMillis, long now) {
    long silent = now - Math.max(silentSince, since);
    if (steps > 0 && silent > slowAfterMillis || forwards > 0 && silent > forwardsSlowAfterMillis) {
      return true;
    }
    slow &= now - slowAt < FORGIVEN_AFTER_MILLIS;
    return slow;
  }

  private void onNoLongerAwaited(boolean isForward) {
    steps -= isForward ? 0 : 1;
    forwards -= isForward ? 1 : 0;
  }

  private void count(long millis) {
    counts[bucketOf(millis)]++;
    answers++;
    if (answers == WINDOW) {
      for (int i = 0; i < BUCKETS; i++) {
        counts[i] >>= 1;
      }
      answers = Arrays.stream(counts).sum();
    }
    if (++sinceLook >= LOOKED_AT_EVERY) {
      sinceLook = 0;
      look();
    }
  }

  private void look() {
    int above = answers / 100;
    int bucket = BUCKETS - 1;
    while (bucket > 0 && above >= counts[bucket]) {
      above -= counts[bucket--];
    }
    p99 = greatestOf(bucket);
  }

  static int bucketOf(long millis) {
    if (millis < 8) {
      return (int) Math.max(0, millis);
    }
    int doublings = 63 - Long.numberOfLeadingZeros(millis);
    return Math.min(BUCKETS - 1, (doublings - 1) * 4 + (int) (millis >> doublings - 2 & 3));
  }

  static long greatestOf(int bucket) {
    return bucket < 8 ? bucket : (bucket % 4 + 5L << bucket / 4 - 1) - 1;
  }
}
