package dev.torc.cluster.policy;

import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.Level;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * What a key prefix says of its keys. What is empty here is said by a shorter prefix, or else by the cluster's defaults.
 *
 * @param conflict what becomes of concurrent writes
 * @param read the level of a read that names none
 * @param write the level of a write that names none
 * @param replicas N, 1 … {@link #MAX_REPLICAS}; a cluster of fewer nodes has as many as it has
 * @param strong whether reads and writes are linearizable by default
 */
public record Policy(Optional<Conflict> conflict, Optional<Level> read, Optional<Level> write, OptionalInt replicas,
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
    return new Policy(conflict.or(shorter::conflict), read.or(shorter::read), write.or(shorter::write),
        replicas.isPresent() ? replicas : shorter.replicas, strong.or(shorter::strong));
  }

  /**
   * Whether a level asks for more replicas than there are to be.
   *
   * @param defaultReplicas and the default levels hold where this policy says nothing
   * @return what is wrong, in a line; empty if nothing is
   */
  public Optional<String> contradiction(int defaultReplicas, Level defaultRead, Level defaultWrite) {
    int n = replicas.orElse(defaultReplicas);
    return beyond("read", read.orElse(defaultRead), n).or(() -> beyond("write", write.orElse(defaultWrite), n));
  }

  private static Optional<String> beyond(String what, Level level, int n) {
    return level.required(n) <= n
        ? Optional.empty()
        : Optional.of(what + " level " + level + " needs more replicas than N = " + n);
  }

  /** Equal policies, and no others, have equal texts: {@code conflict=latest read=one n=3}. */
  @Override
  public String toString() {
    var text = new StringJoiner(" ");
    conflict.ifPresent(kept -> text.add(kept == Conflict.LATEST ? "conflict=latest" : "conflict=siblings"));
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
