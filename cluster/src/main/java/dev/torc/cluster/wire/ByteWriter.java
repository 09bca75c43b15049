package dev.torc.cluster.wire;

import dev.torc.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds a binary form in a growing buffer: big-endian numbers, variable-length ones (LEB128, unsigned), length-prefixed bytes. */
public final class ByteWriter {
  private static final int LARGE_BYTES = 1 << 20;
  /** What is written behind a large value finds room without copying it again. */
  private static final int AFTER_LARGE_BYTES = 1024;

  private byte[] buffer;
  private int size;

  public ByteWriter(int expectedBytes) {
    buffer = new byte[Math.max(16, expectedBytes)];
  }

  public int size() {
    return size;
  }

  public ByteWriter u8(int value) {
    reserve(1);
    buffer[size++] = (byte) value;
    return this;
  }

  public ByteWriter u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  public ByteWriter i32(int value) {
    reserve(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  public ByteWriter i64(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** One byte for 0 … 127, up to ten for the rest; the value is taken as unsigned. */
  public ByteWriter varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
    return this;
  }

  public ByteWriter bytes(Bytes value) {
    varint(value.size());
    return raw(value.array(), 0, value.size());
  }

  public ByteWriter text(String value) {
    return bytes(Bytes.of(value.getBytes(StandardCharsets.UTF_8)));
  }

  public ByteWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** The bytes alone, without their length. */
  public ByteWriter raw(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, buffer, size, length);
    size += length;
    return this;
  }

  /** Overwrites the four bytes at {@code position}: a length that was not known when its place was left. */
  public void patchI32(int position, int value) {
    for (int i = 0; i < 4; i++) {
      buffer[position + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  public byte[] toArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** The buffer itself, of which the first {@link #size()} bytes count; good until the next write. */
  public byte[] buffer() {
    return buffer;
  }

  public void clear() {
    size = 0;
  }

  private void reserve(int more) {
    if (buffer.length - size < more) {
      int roomy = buffer.length + (buffer.length < LARGE_BYTES ? buffer.length : buffer.length / 4);
      int enough = Math.addExact(size, more) + (more < LARGE_BYTES ? 0 : AFTER_LARGE_BYTES);
      buffer = Arrays.copyOf(buffer, Math.max(roomy, enough));
    }
  }
}
