package dev.torc.protocol.resp;

import dev.torc.protocol.Bytes;
import java.util.OptionalLong;

/** Redis's strict reading of a decimal integer (string2ll): no plus, no leading zero, no space, nothing outside a signed 64-bit number. */
public final class Decimal {
  /** What {@link #parse(byte[], int, int)} says of anything else; also of the least long, which no header may have. */
  static final long INVALID = Long.MIN_VALUE;

  private static final Bytes LEAST = Bytes.of("-9223372036854775808");

  private Decimal() {}

  /** Empty when the word is no such integer. */
  public static OptionalLong parse(Bytes word) {
    var value = parse(word.array(), 0, word.size());
    return value != INVALID || word.equals(LEAST) ? OptionalLong.of(value) : OptionalLong.empty();
  }

  /** The integer between {@code from} and {@code to} (exclusive), or {@link #INVALID}. */
  static long parse(byte[] array, int from, int to) {
    boolean negative = from < to && array[from] == '-';
    int at = negative ? from + 1 : from;
    int digits = to - at;
    if (digits < 1 || digits > 19) {
      return INVALID;
    }
    if (array[at] == '0') {
      return digits == 1 && !negative ? 0 : INVALID;
    }
    long value = 0;
    for (; at < to; at++) {
      int digit = array[at] - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      value = value * 10 + digit;
    }
    if (value < 0) {
      return INVALID; // nineteen digits overflow at most once, into the sign
    }
    return negative ? -value : value;
  }
}
