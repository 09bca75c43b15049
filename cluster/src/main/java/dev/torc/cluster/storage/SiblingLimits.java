package dev.torc.cluster.storage;

/**
 * How many concurrent values a key may have. A client that always writes with a stale context would otherwise make one key grow until no message holds it.
 *
 * @param warn so many are worth a word
 * @param max a write that would leave more of them, and more than there were, is refused
 * @param maxBytes so is one that would leave them with more bytes of values together
 */
public record SiblingLimits(int warn, int max, long maxBytes) {
  public static final SiblingLimits NONE = new SiblingLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

  public SiblingLimits {
    if (warn < 2 || max < 2 || maxBytes < 1) {
      throw new IllegalArgumentException("siblings' limits of " + warn + ", " + max + " and " + maxBytes + " bytes");
    }
  }
}
