package dev.torc.cluster.message;

import dev.torc.cluster.ring.NodeId;
import java.util.Objects;

/** How much a node knows of a member, in some twenty bytes: its generation, the version of its entry, its heartbeat. */
public record MemberDigest(NodeId id, long generation, long version, long heartbeat) {

  public MemberDigest {
    Objects.requireNonNull(id);
    if (generation < 0 || version < 0 || heartbeat < 0) {
      throw new IllegalArgumentException("a negative counter in the digest of " + id);
    }
  }

  /** Whether it tells of a later entry than {@code other}, of the same member, or of the same one with a later heartbeat. */
  public boolean isNewerThan(MemberDigest other) {
    return compare(generation, other.generation, version, other.version, heartbeat - other.heartbeat) > 0;
  }

  /** Whether both tell of one and the same entry, apart from heartbeats. */
  public boolean isOfSameEntryAs(MemberDigest other) {
    return generation == other.generation && version == other.version;
  }

  private static long compare(long generation, long otherGeneration, long version, long otherVersion, long heartbeats) {
    if (generation != otherGeneration) {
      return Long.compare(generation, otherGeneration);
    }
    return version != otherVersion ? Long.compare(version, otherVersion) : heartbeats;
  }
}
