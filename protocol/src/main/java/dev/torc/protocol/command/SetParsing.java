package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.List;

/**
 * <a href="https://redis.io/commands/set">SET</a> and its two elder forms. An option may be repeated, contradictions are syntax errors. The options
 * that read before they write are understood, so that their errors are right, and then refused.
 */
final class SetParsing {
  /** 48 bits of milliseconds, more than any clock shows: a relative expiry leaves that much room below the largest long. */
  private static final long CLOCK_MILLIS = 1L << 48;
  private static final List<String> UNITS = List.of("EX", "PX", "EXAT", "PXAT");
  private static final List<String> PLAIN_CONDITIONS = List.of("NX", "XX");
  private static final List<String> COMPARISONS = List.of("IFEQ", "IFNE", "IFDEQ", "IFDNE");

  private String unit = "";
  private Bytes amount = Bytes.EMPTY;
  private boolean keepTtl;
  private String condition = "";
  private boolean get;

  private SetParsing() {}

  static Command set(List<Bytes> words) {
    if (words.size() == 3) {
      return new DataCommand.Set(words.get(1), words.get(2), Expiry.NONE);
    }
    var parsing = new SetParsing();
    for (int i = 3; i < words.size();) {
      i += parsing.option(words, i);
    }
    return parsing.command(words);
  }

  static Command setEx(List<Bytes> words) {
    return new DataCommand.Set(words.get(1), words.get(3), expiry("EX", words.get(2), "setex"));
  }

  static Command pSetEx(List<Bytes> words) {
    return new DataCommand.Set(words.get(1), words.get(3), expiry("PX", words.get(2), "psetex"));
  }

  private Command command(List<Bytes> words) {
    Expiry expiry = keepTtl ? Expiry.KEEP_TTL : unit.isEmpty() ? Expiry.NONE : expiry(unit, amount, "set");
    if (!condition.isEmpty() || get) {
      throw new Refusal(Errors.needsStrongOperation("'set' with " + (condition.isEmpty() ? "GET" : condition)));
    }
    return new DataCommand.Set(words.get(1), words.get(2), expiry);
  }

  /** How many words the option took. */
  private int option(List<Bytes> words, int at) {
    var word = words.get(at);
    boolean last = at + 1 == words.size();
    if (word.isWord("GET")) {
      get = true;
      return 1;
    }
    if (word.isWord("KEEPTTL") && unit.isEmpty()) {
      keepTtl = true;
      return 1;
    }
    if (chose(PLAIN_CONDITIONS, word)) {
      return 1;
    }
    if (!last && chose(COMPARISONS, word)) {
      return 2;
    }
    for (var candidate : UNITS) {
      if (word.isWord(candidate) && !last && !keepTtl && (unit.isEmpty() || unit.equals(candidate))) {
        unit = candidate;
        amount = words.get(at + 1);
        return 2;
      }
    }
    throw Words.syntax();
  }

  private boolean chose(List<String> conditions, Bytes word) {
    for (var candidate : conditions) {
      if (word.isWord(candidate) && (condition.isEmpty() || condition.equals(candidate))) {
        condition = candidate;
        return true;
      }
    }
    return false;
  }

  /** @param command whose name the error tells */
  private static Expiry expiry(String unit, Bytes amount, String command) {
    long number = Words.integer(amount);
    boolean seconds = unit.startsWith("E");
    boolean absolute = unit.endsWith("AT");
    if (number <= 0 || seconds && number > Long.MAX_VALUE / 1000) {
      throw new Refusal(Errors.invalidExpireTime(command));
    }
    long millis = seconds ? number * 1000 : number;
    if (!absolute && millis > Long.MAX_VALUE - CLOCK_MILLIS) {
      throw new Refusal(Errors.invalidExpireTime(command));
    }
    return absolute ? new Expiry.At(millis) : new Expiry.In(millis);
  }
}
