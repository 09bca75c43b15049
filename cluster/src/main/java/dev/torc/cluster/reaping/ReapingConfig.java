package dev.torc.cluster.reaping;

/**
 * The figures of reaping.
 *
 * @param graceMillis how old a deletion must be; at least three times as long as a request may take, so that no copy of an earlier write is still under way
 * @param lateMillis how long after all hold a deletion a copy of what was before may still arrive; 0: not at all
 * @param intervalMillis between two rounds
 * @param timeoutMillis for each step that is asked of a replica
 * @param pageKeys how many keys are listed at once, and looked at side by side
 */
public record ReapingConfig(long graceMillis, long lateMillis, long intervalMillis, long timeoutMillis, int pageKeys) {
  public ReapingConfig {
    if (graceMillis < 3 * timeoutMillis || lateMillis < 0 || intervalMillis < 1 || timeoutMillis < 1 || pageKeys < 1) {
      throw new IllegalArgumentException(
          "grace " + graceMillis + " ms, late " + lateMillis + " ms, interval " + intervalMillis + " ms, time-out "
              + timeoutMillis + " ms, " + pageKeys + " keys");
    }
  }
}
