package dev.torc.verticles.loop;

import dev.torc.protocol.Bytes;
import java.util.Arrays;

/**
 * About how large the values of keys are, so that a read of a large one can wait for memory before it is begun. Keys share places by their hash, and the
 * last value seen counts; at the start of a node that has data nothing is known, and the largest is assumed. Written by all event loops without order:
 * a wrong figure costs a read some waiting, or some memory ahead of its turn.
 */
public final class ValueSizes {
  private static final int PLACES = 1 << 16;

  private final int[] largeBytes = new int[PLACES];

  /** @param assumedBytes of every value, until it is seen; 0 if there are none yet */
  public ValueSizes(int assumedBytes) {
    Arrays.fill(largeBytes, assumedBytes);
  }

  /** 0 for what is not large. */
  public long expected(Bytes key) {
    return largeBytes[place(key)];
  }

  public void saw(Bytes key, long bytes) {
    int place = place(key);
    int large = bytes > ByteBudget.LARGE_BYTES ? (int) Math.min(Integer.MAX_VALUE, bytes) : 0;
    if (largeBytes[place] != large) {
      largeBytes[place] = large;
    }
  }

  private static int place(Bytes key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash >>> 16;
  }
}
