package dev.torc.cluster.message;

/**
 * What a member says of itself for people to read; nothing is decided by it.
 *
 * @param keys about how many keys it holds, replicas of others' among them
 * @param diskBytes what its data directory takes
 * @param startedAtMillis since when its process runs, wall clock, milliseconds since 1970
 */
public record Load(long keys, long diskBytes, long startedAtMillis) {
  public static final Load NONE = new Load(0, 0, 0);
}
