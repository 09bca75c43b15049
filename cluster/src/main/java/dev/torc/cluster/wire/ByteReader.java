package dev.torc.cluster.wire;

import dev.torc.protocol.Bytes;

/** Reads what {@link ByteWriter} wrote. Every read is checked against the end, and no memory is taken on the word of a length that was read. */
public final class ByteReader {
  private final byte[] buffer;
  private final int end;
  private int position;

  public ByteReader(byte[] buffer) {
    this(buffer, 0, buffer.length);
  }

  public ByteReader(byte[] buffer, int from, int end) {
    this.buffer = buffer;
    this.position = from;
    this.end = end;
  }

  public int remaining() {
    return end - position;
  }

  /** The next byte, which stays the next. */
  public int peek() {
    int next = u8();
    position--;
    return next;
  }

  public int u8() {
    need(1);
    return buffer[position++] & 0xff;
  }

  public int u16() {
    return u8() << 8 | u8();
  }

  public int i32() {
    need(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | buffer[position++] & 0xff;
    }
    return value;
  }

  public long i64() {
    return (long) i32() << 32 | i32() & 0xffffffffL;
  }

  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = u8();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new MalformedException("a number of more than ten bytes");
  }

  /** A number that must fit into an int, 0 and more. */
  public int intVarint() {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedException("a number of " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** One of an enum's constants, by its place. */
  public <E extends Enum<E>> E oneOf(E[] constants) {
    int ordinal = u8();
    if (ordinal >= constants.length) {
      throw new MalformedException("a constant of number " + ordinal);
    }
    return constants[ordinal];
  }

  /** A count of things of at least {@code minBytesEach} that must still fit into what remains, so that a forged one allocates nothing. */
  public int count(int minBytesEach) {
    long count = varint();
    if (count < 0 || count > remaining() / Math.max(1, minBytesEach)) {
      throw new MalformedException("a count of " + Long.toUnsignedString(count) + " in " + remaining() + " bytes");
    }
    return (int) count;
  }

  public Bytes bytes() {
    return raw(count(1));
  }

  public String text() {
    return bytes().text();
  }

  public boolean bool() {
    int b = u8();
    if (b > 1) {
      throw new MalformedException("a flag of " + b);
    }
    return b == 1;
  }

  public Bytes raw(int length) {
    need(length);
    var copy = new byte[length];
    System.arraycopy(buffer, position, copy, 0, length);
    position += length;
    return Bytes.of(copy);
  }

  /** Refuses bytes behind the end of what was expected. */
  public void end() {
    if (remaining() != 0) {
      throw new MalformedException(remaining() + " bytes too many");
    }
  }

  private void need(int length) {
    if (length < 0 || end - position < length) {
      throw new MalformedException("needs " + length + " bytes, has " + (end - position));
    }
  }
}
