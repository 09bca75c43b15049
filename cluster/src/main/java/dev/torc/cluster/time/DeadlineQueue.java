package dev.torc.cluster.time;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * What is to be looked at again, and when. Nothing is ever taken out before its time: whoever is woken checks whether it still matters, which is
 * far cheaper than cancelling, since nearly every deadline is of an operation that ended long before. Deadlines are rounded up to 8 ms and kept
 * as bare numbers in one list per step, so that a million waiting ones cost eight bytes each.
 */
public final class DeadlineQueue {
  private static final int STEP_BITS = 3;

  private final TreeMap<Long, Bucket> buckets = new TreeMap<>();
  private final Deque<Bucket> spare = new ArrayDeque<>();
  private Bucket latest = new Bucket();
  private int size;

  /** @param token handed back by {@link #drain} once {@code atMillis} (steady time) has passed */
  public void add(long atMillis, long token) {
    long step = (atMillis >> STEP_BITS) + 1;
    if (latest.step != step) {
      latest = buckets.computeIfAbsent(step, this::open);
    }
    latest.add(token);
    size++;
  }

  /** Hands out the tokens whose time has come, earliest first, those of one step in the order in which they were added. */
  public void drain(Moment now, LongConsumer due) {
    long step = now.steadyMillis() >> STEP_BITS;
    while (!buckets.isEmpty() && buckets.firstKey() <= step) {
      var bucket = buckets.pollFirstEntry().getValue();
      if (bucket == latest) {
        latest = new Bucket();
      }
      size -= bucket.size;
      for (int i = 0; i < bucket.size; i++) {
        due.accept(bucket.tokens[i]);
      }
      recycle(bucket);
    }
  }

  public int size() {
    return size;
  }

  private Bucket open(long step) {
    var bucket = spare.isEmpty() ? new Bucket() : spare.pop();
    bucket.step = step;
    return bucket;
  }

  private void recycle(Bucket bucket) {
    if (spare.size() < 4 && bucket.tokens.length <= 4096) {
      bucket.size = 0;
      bucket.step = -1;
      spare.push(bucket);
    }
  }

  private static final class Bucket {
    private long step = -1;
    private long[] tokens = new long[16];
    private int size;

    private void add(long token) {
      if (size == tokens.length) {
        tokens = Arrays.copyOf(tokens, size * 2);
      }
      tokens[size++] = token;
    }
  }
}
