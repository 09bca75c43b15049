package dev.torc.protocol.command;

import java.util.Locale;

/**
 * What a request asks of its quorum: how many of a key's replicas must answer. Written {@code one}, {@code quorum}, {@code all}, {@code sloppy},
 * {@code any}, {@code local_quorum}, {@code strong}, or a count.
 */
public sealed interface Level {
  Level ONE = new One();
  Level QUORUM = new Quorum();
  Level ALL = new All();
  Level SLOPPY = new Sloppy();
  Level ANY = new Any();
  Level LOCAL_QUORUM = new LocalQuorum();
  Level STRONG = new Strong();

  /** How many of {@code replicas} must answer; more than there are means that the level cannot be reached. */
  int required(int replicas);

  /** Whether only replicas in the coordinator's data centre count. */
  default boolean isLocal() { return false; }

  /** Whether a node counts that stands in for a replica which cannot be reached, and holds a hint for it. */
  default boolean countsHints() {
    return false;
  }

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

  /**
   * More than half as many nodes as there are replicas: the replicas themselves, and for those that cannot be reached the next nodes behind them. With all
   * replicas up it is the same as {@link Quorum}; otherwise two of these need not meet.
   */
  record Sloppy() implements Level {
    @Override
    public int required(int replicas) {
      return replicas / 2 + 1;
    }

    @Override
    public boolean countsHints() {
      return true;
    }

    @Override
    public String toString() {
      return "sloppy";
    }
  }

  /** For writes: one node, and any will do, be it a replica or one that keeps a hint for it. */
  record Any() implements Level {
    @Override
    public int required(int replicas) {
      return 1;
    }

    @Override
    public boolean countsHints() {
      return true;
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
      case "sloppy" -> SLOPPY;
      case "any" -> ANY;
      case "local_quorum" -> LOCAL_QUORUM;
      case "strong" -> STRONG;
      default -> {
        if (!text.matches("[1-9][0-9]{0,3}")) {
          throw new IllegalArgumentException(
              "'" + text
                  + "' is no level, allowed are one, quorum, all, sloppy, any, local_quorum, strong, or a count");
        }
        yield new Count(Integer.parseInt(text));
      }
    };
  }
}
