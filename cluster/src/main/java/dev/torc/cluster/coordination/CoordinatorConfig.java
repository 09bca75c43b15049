package dev.torc.cluster.coordination;

import dev.torc.cluster.storage.SiblingLimits;

/**
 * @param timeoutMillis until a request must have been answered
 * @param speculateAfterMillis until further replicas are asked because one is late, at most: sooner once it is known how long that one takes
 * @param versionOnlyAboveBytes values larger than this are fetched from one replica; the others answer with their version
 * @param maxOpen client requests going on at once; more are refused as busy
 * @param maxSkewMillis how far machines' clocks may differ
 * @param siblings of a key, at most
 * @param hintAfterMillis until somebody else holds what a replica is silent about; never longer than half a request's time
 */
public record CoordinatorConfig(long timeoutMillis, long speculateAfterMillis, int versionOnlyAboveBytes, int maxOpen,
    long maxSkewMillis, SiblingLimits siblings, long hintAfterMillis) {
  private static final long HINT_AFTER_MILLIS = 500;

  public CoordinatorConfig(long timeoutMillis, long speculateAfterMillis, int versionOnlyAboveBytes, int maxOpen,
      long maxSkewMillis) {
    this(timeoutMillis, speculateAfterMillis, versionOnlyAboveBytes, maxOpen, maxSkewMillis, SiblingLimits.NONE,
        HINT_AFTER_MILLIS);
  }

  public CoordinatorConfig(long timeoutMillis, long speculateAfterMillis, int versionOnlyAboveBytes, int maxOpen,
      long maxSkewMillis, SiblingLimits siblings) {
    this(timeoutMillis, speculateAfterMillis, versionOnlyAboveBytes, maxOpen, maxSkewMillis, siblings,
        HINT_AFTER_MILLIS);
  }

  public CoordinatorConfig {
    if (timeoutMillis < 1 || speculateAfterMillis < 1 || versionOnlyAboveBytes < 0 || maxOpen < 1
        || maxSkewMillis < 1 || hintAfterMillis < 1) {
      throw new IllegalArgumentException("a coordinator's limits are positive");
    }
  }
}
