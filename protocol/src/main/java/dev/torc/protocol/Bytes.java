package dev.torc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable string of bytes: a key, a value, a word of a command. Ordered as unsigned bytes, as the disk orders them. Takes over the array
 * it is given and hands out its own (copying every value twice would cost more than the request): whoever holds the array must not write to it.
 */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;
  private int hash;

  private Bytes(byte[] array) {
    this.array = Objects.requireNonNull(array);
  }

  /** The given array itself, not a copy. */
  public static Bytes of(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array);
  }

  public static Bytes of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public int size() {
    return array.length;
  }

  public byte at(int index) {
    return array[index];
  }

  /** The array behind, to be read only. */
  public byte[] array() {
    return array;
  }

  /** A copy of the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    return of(Arrays.copyOfRange(array, from, to));
  }

  /** Whether these are the same letters, upper and lower case of ASCII taken as equal; {@code upper} in upper case. */
  public boolean isWord(String upper) {
    if (array.length != upper.length()) {
      return false;
    }
    for (int i = 0; i < array.length; i++) {
      int b = array[i];
      if ((b >= 'a' && b <= 'z' ? b - 32 : b) != upper.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Read as UTF-8. */
  public String text() {
    return new String(array, StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.hashCode(array);
    }
    return hash;
  }

  /** For people: at most 64 bytes, read as UTF-8. */
  @Override
  public String toString() {
    return array.length <= 64 ? text() : slice(0, 64).text() + "… (" + array.length + " bytes)";
  }
}
