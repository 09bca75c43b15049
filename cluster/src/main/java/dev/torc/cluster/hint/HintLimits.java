package dev.torc.cluster.hint;

/**
 * How long and how many hints are kept.
 *
 * @param maxAgeMillis after which a hint to which nothing was added goes to another replica of its key
 * @param maxBytes of all hints together; beyond it the oldest go likewise, or are lost if there is none
 */
public record HintLimits(long maxAgeMillis, long maxBytes) {
  public HintLimits {
    if (maxAgeMillis < 1 || maxBytes < 0) {
      throw new IllegalArgumentException("hints of " + maxAgeMillis + " ms and " + maxBytes + " bytes");
    }
  }
}
