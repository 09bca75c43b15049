package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.ReadTerms;
import dev.torc.protocol.command.KvCommand.WriteTerms;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The options of Torc's own reads and writes. The last of each counts; a level by name and by count at once is a syntax error. */
final class KvOptions {
  static final int MOST_REPLICAS = 16;
  private static final long MOST_TIMEOUT_MILLIS = 600_000;
  private static final long MOST_STALE_MILLIS = 3_600_000;

  /** All of them; EX and its kin are the business of {@link ExpiryOption}. */
  enum Option {
    LEVEL,
    R,
    W,
    CONTEXT,
    AFTER,
    MAXSTALE,
    TIMEOUT
  }

  private final List<Option> allowed;
  private final boolean write;
  private Option levelBy;
  private Level level;
  private Bytes context;
  private OptionalLong maxStaleMillis = OptionalLong.empty();
  private OptionalLong timeoutMillis = OptionalLong.empty();

  private KvOptions(List<Option> allowed) {
    this.allowed = allowed;
    this.write = allowed.contains(Option.W);
  }

  /** @param allowed with R or W, which tells reads from writes */
  static KvOptions read(List<Bytes> words, int first, ExpiryOption expiry, Option... allowed) {
    var options = new KvOptions(List.of(allowed));
    for (int i = first; i < words.size();) {
      int taken = expiry == null ? 0 : expiry.take(words, i);
      i += taken > 0 ? taken : options.take(words, i);
    }
    return options;
  }

  ReadTerms readTerms() {
    return new ReadTerms(Optional.ofNullable(level), context(), maxStaleMillis, timeoutMillis);
  }

  WriteTerms writeTerms() {
    return new WriteTerms(Optional.ofNullable(level), timeoutMillis);
  }

  /** Of CONTEXT or AFTER. */
  Optional<Bytes> context() {
    return Optional.ofNullable(context);
  }

  private int take(List<Bytes> words, int at) {
    for (var option : allowed) {
      if (Words.isOption(words, at, option.name())) {
        take(option, words.get(at + 1));
        return 2;
      }
    }
    throw Words.syntax();
  }

  private void take(Option option, Bytes word) {
    switch (option) {
      case LEVEL, R, W -> {
        if (levelBy != null && levelBy != option) {
          throw Words.syntax();
        }
        levelBy = option;
        level = option == Option.LEVEL
            ? level(word, write)
            : new Level.Count((int) Words.between(option.name(), word, 1, MOST_REPLICAS));
      }
      case CONTEXT, AFTER -> context = word;
      case MAXSTALE -> maxStaleMillis = OptionalLong.of(Words.between("MAXSTALE", word, 0, MOST_STALE_MILLIS));
      case TIMEOUT -> timeoutMillis = OptionalLong.of(Words.between("TIMEOUT", word, 1, MOST_TIMEOUT_MILLIS));
    }
  }

  /** @param write whether ANY is a level too */
  static Level level(Bytes word, boolean write) {
    Level level;
    try {
      level = Level.parse(word.slice(0, Math.min(64, word.size())).text());
    } catch (IllegalArgumentException e) {
      throw new Refusal(Errors.noLevel(e.getMessage()));
    }
    if (!write && level.equals(Level.ANY)) {
      throw new Refusal(Errors.ANY_IS_FOR_WRITES);
    }
    // A connection would take a count that no key can have, and only later commands would fail.
    if (level instanceof Level.Count(var count) && count > MOST_REPLICAS) {
      throw new Refusal(Errors.notAllowed("level", word, "1 to " + MOST_REPLICAS));
    }
    return level;
  }
}
