package dev.torc.cluster.ring;

/**
 * A position on the ring 0 … 2^128-1, which closes behind its end. A token owns the arc before it: what lies behind the previous token, up to
 * and with the token itself (Dynamo, section 4.2).
 *
 * @param high the upper 64 bits, unsigned
 * @param low the lower 64 bits, unsigned
 */
public record Token(long high, long low) implements Comparable<Token> {

  @Override
  public int compareTo(Token other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}
