package dev.torc.cluster.check;

import java.util.Arrays;

/** An immutable set of small numbers, without trailing zero words. Calls of unknown outcome that were used. */
final class CallSet {
  static final CallSet EMPTY = new CallSet(new long[0]);

  private final long[] words;

  private CallSet(long[] words) {
    this.words = words;
  }

  boolean has(int id) {
    return id >> 6 < words.length && (words[id >> 6] & 1L << id) != 0;
  }

  CallSet with(int id) {
    var more = Arrays.copyOf(words, Math.max(words.length, (id >> 6) + 1));
    more[id >> 6] |= 1L << id;
    return new CallSet(more);
  }

  boolean isWithin(CallSet other) {
    if (this == other) {
      return true;
    }
    if (words.length > other.words.length) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      if ((words[i] & ~other.words[i]) != 0) {
        return false;
      }
    }
    return true;
  }
}
