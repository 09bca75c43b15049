package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * One of EX, PX, EXAT, PXAT, or what a command has instead of them. The same one may be repeated, the last counts; two different ones are a syntax error.
 */
final class ExpiryOption {
  /** 48 bits of milliseconds, more than any clock shows: a relative expiry leaves that much room below the largest long. */
  private static final long CLOCK_MILLIS = 1L << 48;
  private static final List<String> UNITS = List.of("EX", "PX", "EXAT", "PXAT");

  private final String instead;
  private final Expiry meaning;
  private String chosen = "";
  private Bytes amount = Bytes.EMPTY;

  private ExpiryOption(String instead, Expiry meaning) {
    this.instead = instead;
    this.meaning = meaning;
  }

  static ExpiryOption orKeepTtl() {
    return new ExpiryOption("KEEPTTL", Expiry.KEEP_TTL);
  }

  static ExpiryOption orPersist() {
    return new ExpiryOption("PERSIST", Expiry.NONE);
  }

  static ExpiryOption alone() {
    return new ExpiryOption("", Expiry.NONE);
  }

  /** How many words it took; 0 when this is not one of them, or not after the one that was taken before. */
  int take(List<Bytes> words, int at) {
    if (!instead.isEmpty() && words.get(at).isWord(instead) && isFree(instead)) {
      chosen = instead;
      return 1;
    }
    for (var unit : UNITS) {
      if (Words.isOption(words, at, unit) && isFree(unit)) {
        chosen = unit;
        amount = words.get(at + 1);
        return 2;
      }
    }
    return 0;
  }

  private boolean isFree(String option) {
    return chosen.isEmpty() || chosen.equals(option);
  }

  /**
   * Empty when none was given.
   *
   * @param command whose name an error tells
   */
  Optional<Expiry> expiry(String command) {
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(chosen.equals(instead) ? meaning : ahead(chosen, amount, command));
  }

  /** A positive time. */
  static Expiry ahead(String unit, Bytes amount, String command) {
    long number = Words.integer(amount);
    if (number <= 0) {
      throw new Refusal(Errors.invalidExpireTime(command));
    }
    return of(unit, number, command);
  }

  /** A time of any sign, as EXPIRE takes it. */
  static Expiry any(String unit, Bytes amount, String command) {
    return of(unit, Words.integer(amount), command);
  }

  private static Expiry of(String unit, long number, String command) {
    boolean seconds = unit.startsWith("E");
    boolean absolute = unit.endsWith("AT");
    if (seconds && (number > Long.MAX_VALUE / 1000 || number < Long.MIN_VALUE / 1000)) {
      throw new Refusal(Errors.invalidExpireTime(command));
    }
    long millis = seconds ? number * 1000 : number;
    if (!absolute && millis > Long.MAX_VALUE - CLOCK_MILLIS) {
      throw new Refusal(Errors.invalidExpireTime(command));
    }
    return absolute ? new Expiry.At(millis) : new Expiry.In(millis);
  }
}
