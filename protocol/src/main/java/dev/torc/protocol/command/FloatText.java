package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The numbers of INCRBYFLOAT: read as Redis reads them, but exact where it has a C {@code long double}; and written as it writes them, at most 17 digits behind the
 * point, no exponent. Bounded as a long double is, so that a short word cannot become a number of a billion digits.
 */
public final class FloatText {
  private static final int FRACTION_DIGITS = 17;
  private static final int MAX_EXPONENT = 4932;
  private static final int MIN_EXPONENT = -4951;
  private static final int MAX_CHARS = 5 * 1024;

  private FloatText() {}

  /** Empty for anything but a finite decimal number within the bounds, with or without an exponent; no spaces. */
  public static Optional<BigDecimal> parse(Bytes word) {
    if (word.size() >= MAX_CHARS) {
      return Optional.empty();
    }
    for (int i = 0; i < word.size(); i++) {
      byte b = word.at(i);
      if (!(b >= '0' && b <= '9' || b == '+' || b == '-' || b == '.' || b == 'e' || b == 'E')) {
        return Optional.empty();
      }
    }
    try {
      var number = new BigDecimal(word.text());
      return number.signum() == 0
          ? Optional.of(BigDecimal.ZERO)
          : isBounded(number)
              ? Optional.of(number)
              : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether a sum may be stored. */
  public static boolean isBounded(BigDecimal number) {
    long exponent = (long) number.precision() - number.scale() - 1;
    return number.signum() == 0 || exponent <= MAX_EXPONENT && exponent >= MIN_EXPONENT;
  }

  /** Without trailing zeros: {@code 10.6}, {@code 5200}, {@code -0.5}. */
  public static Bytes text(BigDecimal number) {
    var rounded = number.setScale(FRACTION_DIGITS, RoundingMode.HALF_EVEN);
    return Bytes.of(rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
  }

  /** Whether the word says infinity, which Redis can read but never stores. */
  static boolean isInfinite(Bytes word) {
    int sign = word.size() > 0 && (word.at(0) == '+' || word.at(0) == '-') ? 1 : 0;
    var unsigned = word.slice(sign, word.size());
    return unsigned.isWord("INF") || unsigned.isWord("INFINITY");
  }
}
