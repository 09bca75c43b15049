package dev.torc.cluster.coordination;

/**
 * @param timeoutMillis until a request must have been answered
 * @param speculateAfterMillis until further replicas are asked because one is late
 * @param versionOnlyAboveBytes values larger than this are fetched from one replica; the others answer with their version
 * @param maxOpen client requests going on at once; more are refused as busy
 * @param maxSkewMillis how far machines' clocks may differ
 */
public record CoordinatorConfig(long timeoutMillis, long speculateAfterMillis, int versionOnlyAboveBytes, int maxOpen,
    long maxSkewMillis) {

  public CoordinatorConfig {
    if (timeoutMillis < 1 || speculateAfterMillis < 1 || versionOnlyAboveBytes < 0 || maxOpen < 1
        || maxSkewMillis < 1) {
      throw new IllegalArgumentException("a coordinator's limits are positive");
    }
  }
}
