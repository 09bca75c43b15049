package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.Xxh3;
import java.util.Optional;

/**
 * What must hold of a key's value for a compare-and-set to be done, as <a href="https://redis.io/commands/set">Redis 8.4</a> and Valkey have it.
 *
 * @param operand the value of IFEQ and IFNE; the 16 hexadecimal digits, in either case, of IFDEQ and IFDNE; else empty
 */
public record Condition(Kind kind, Bytes operand) {
  public static final Condition ALWAYS = new Condition(Kind.ALWAYS, Bytes.EMPTY);
  public static final Condition NX = new Condition(Kind.NX, Bytes.EMPTY);
  public static final Condition XX = new Condition(Kind.XX, Bytes.EMPTY);

  /** XX, IFEQ and IFDEQ never hold of a key that is not there; ALWAYS, NX, IFNE and IFDNE do. */
  public enum Kind {
    ALWAYS,
    /** There is no value. */
    NX,
    /** There is one. */
    XX,
    /** It is the operand. */
    IFEQ,
    /** It is not the operand. */
    IFNE,
    /** Its {@link Xxh3} is the operand. */
    IFDEQ,
    /** Its {@link Xxh3} is not the operand. */
    IFDNE;

    boolean comparesDigests() {
      return this == IFDEQ || this == IFDNE;
    }
  }

  public Condition {
    if (kind.comparesDigests() && !isDigest(operand)) {
      throw new IllegalArgumentException("'" + operand + "' is no digest, allowed are 16 hexadecimal digits");
    }
  }

  /** @param current the value that is there, empty when there is none */
  public boolean holds(Optional<Bytes> current) {
    return switch (kind) {
      case ALWAYS -> true;
      case NX -> current.isEmpty();
      case XX -> current.isPresent();
      case IFEQ -> current.isPresent() && current.get().equals(operand);
      case IFNE -> current.isEmpty() || !current.get().equals(operand);
      case IFDEQ -> current.isPresent() && Xxh3.hash(current.get()) == digest();
      case IFDNE -> current.isEmpty() || Xxh3.hash(current.get()) != digest();
    };
  }

  private long digest() {
    return Long.parseUnsignedLong(operand.text(), 16);
  }

  static boolean isDigest(Bytes word) {
    boolean digits = word.size() == 16;
    for (int i = 0; digits && i < word.size(); i++) {
      digits = Character.digit(word.at(i), 16) >= 0;
    }
    return digits;
  }
}
