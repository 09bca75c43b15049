package dev.torc.cluster.policy;

import dev.torc.protocol.command.Level;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * What a key prefix says of its keys. What is empty here is said by a shorter prefix, or else by the cluster's defaults.
 *
 * @param latestOnly true: the last write wins; false: concurrent writes stay as siblings
 * @param read the level of a read that names none
 * @param write the level of a write that names none
 * @param replicas N, 1 … {@link #MAX_REPLICAS}; a cluster of fewer nodes has as many as it has
 * @param strong whether reads and writes are linearizable by default
 */
public record Policy(Optional<Boolean> latestOnly, Optional<Level> read, Optional<Level> write, OptionalInt replicas,
    Optional<Boolean> strong) {
  public static final int MAX_REPLICAS = 16;
  /** Says nothing. */
  public static final Policy NONE = new Policy(Optional.empty(), Optional.empty(), Optional.empty(),
      OptionalInt.empty(), Optional.empty());

  public Policy {
    replicas.ifPresent(n -> require(n >= 1 && n <= MAX_REPLICAS, "replicas", n));
    read.ifPresent(Policy::requireLevel);
    write.ifPresent(Policy::requireLevel);
  }

  public boolean isEmpty() { return equals(NONE); }

  /** This policy, and where it says nothing what {@code shorter} says. */
  public Policy over(Policy shorter) {
    return new Policy(latestOnly.or(shorter::latestOnly), read.or(shorter::read), write.or(shorter::write),
        replicas.isPresent() ? replicas : shorter.replicas, strong.or(shorter::strong));
  }

  /** Equal policies, and no others, have equal texts: {@code conflict=latest read=one n=3}. */
  @Override
  public String toString() {
    var text = new StringJoiner(" ");
    latestOnly.ifPresent(latest -> text.add(latest ? "conflict=latest" : "conflict=siblings"));
    read.ifPresent(level -> text.add("read=" + level));
    write.ifPresent(level -> text.add("write=" + level));
    replicas.ifPresent(n -> text.add("n=" + n));
    strong.ifPresent(is -> text.add("strong=" + is));
    return text.toString();
  }

  private static void requireLevel(Level level) {
    require(!(level instanceof Level.Count counted) || counted.count() <= MAX_REPLICAS, "level", level);
  }

  private static void require(boolean holds, String what, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " " + value + ", allowed is 1 to " + MAX_REPLICAS);
    }
  }
}
