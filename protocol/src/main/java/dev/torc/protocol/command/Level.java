package dev.torc.protocol.command;

import java.util.Locale;

/**
 * What a request asks of its quorum: how many of a key's replicas must answer. Written {@code one}, {@code quorum}, {@code all}, {@code any},
 * {@code local_quorum}, {@code strong}, or a count.
 */
public sealed interface Level {
  Level ONE = new One();
  Level QUORUM = new Quorum();
  Level ALL = new All();
  Level ANY = new Any();
  Level LOCAL_QUORUM = new LocalQuorum();
  Level STRONG = new Strong();

  /** How many of {@code replicas} must answer; more than there are means that the level cannot be reached. */
  int required(int replicas);

  /** Whether only replicas in the coordinator's data centre count. */
  default boolean isLocal() { return false; }

  record One() implements Level {
    @Override
    public int required(int replicas) {
      return 1;
    }

    @Override
    public String toString() {
      return "one";
    }
  }

  /** More than half, so that any two quorums meet. */
  record Quorum() implements Level {
    @Override
    public int required(int replicas) {
      return replicas / 2 + 1;
    }

    @Override
    public String toString() {
      return "quorum";
    }
  }

  record All() implements Level {
    @Override
    public int required(int replicas) {
      return replicas;
    }

    @Override
    public String toString() {
      return "all";
    }
  }

  /** For writes: one node, and any will do. One of the key's replicas as yet; fallbacks count once they keep hints. */
  record Any() implements Level {
    @Override
    public int required(int replicas) {
      return 1;
    }

    @Override
    public String toString() {
      return "any";
    }
  }

  /** More than half of the replicas in the coordinator's data centre. */
  record LocalQuorum() implements Level {
    /** @param replicas those in the data centre */
    @Override
    public int required(int replicas) {
      return replicas / 2 + 1;
    }

    @Override
    public boolean isLocal() { return true; }

    @Override
    public String toString() {
      return "local_quorum";
    }
  }

  /** Linearizable: a majority of the replicas agrees on the order of such operations. */
  record Strong() implements Level {
    @Override
    public int required(int replicas) {
      return replicas / 2 + 1;
    }

    @Override
    public String toString() {
      return "strong";
    }
  }

  /** @param count how many replicas, at least one */
  record Count(int count) implements Level {
    public Count {
      if (count < 1) {
        throw new IllegalArgumentException("a level of " + count + ", allowed is 1 and more");
      }
    }

    @Override
    public int required(int replicas) {
      return count;
    }

    @Override
    public String toString() {
      return Integer.toString(count);
    }
  }

  /**
   * Reads the form that {@link #toString()} writes, in either case.
   *
   * @throws IllegalArgumentException that says what is allowed
   */
  static Level parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "one" -> ONE;
      case "quorum" -> QUORUM;
      case "all" -> ALL;
      case "any" -> ANY;
      case "local_quorum" -> LOCAL_QUORUM;
      case "strong" -> STRONG;
      default -> {
        if (!text.matches("[1-9][0-9]{0,3}")) {
          throw new IllegalArgumentException(
              "'" + text + "' is no level, allowed are one, quorum, all, any, local_quorum, strong, or a count");
        }
        yield new Count(Integer.parseInt(text));
      }
    };
  }
}
