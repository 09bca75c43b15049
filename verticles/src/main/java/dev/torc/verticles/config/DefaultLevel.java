package dev.torc.verticles.config;

import java.util.Locale;

/** How many replicas a request waits for unless it says otherwise. */
public sealed interface DefaultLevel {

  /** How many of N replicas that is. */
  int of(int replicas);

  /** One replica. */
  record One() implements DefaultLevel {
    @Override
    public int of(int replicas) {
      return 1;
    }
  }

  /** A majority: floor(N/2)+1. */
  record Quorum() implements DefaultLevel {
    @Override
    public int of(int replicas) {
      return replicas / 2 + 1;
    }
  }

  /** Every replica. */
  record All() implements DefaultLevel {
    @Override
    public int of(int replicas) {
      return replicas;
    }
  }

  /** A number from 1 to N. */
  record Count(int count) implements DefaultLevel {
    @Override
    public int of(int replicas) {
      return count;
    }
  }

  /** A level as it is written: one, quorum, all, or a number from 1 to N. */
  static DefaultLevel parse(String key, String text, int replicas) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "one" -> new One();
      case "quorum" -> new Quorum();
      case "all" -> new All();
      default -> count(key, text, replicas);
    };
  }

  private static DefaultLevel count(String key, String text, int replicas) {
    int count = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    if (count >= 1 && count <= replicas) {
      return new Count(count);
    }
    throw new ConfigException(key, text, "one, quorum, all, or 1 to " + replicas + " (torc.cluster.replicas)");
  }
}
