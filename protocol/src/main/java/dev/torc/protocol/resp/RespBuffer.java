package dev.torc.protocol.resp;

import java.util.Arrays;

/** Bytes on their way to a socket: grows while replies are written, is emptied and used again. Not for two threads. */
public final class RespBuffer {
  private static final int FIRST_BYTES = 256;
  private static final int LARGE_BYTES = 1 << 20;
  private static final int KEPT_BYTES = 64 * 1024;

  private byte[] array = new byte[FIRST_BYTES];
  private int size;

  /** How many bytes were written since the last {@link #clear()}. */
  public int size() {
    return size;
  }

  /** The array behind; its first {@link #size()} bytes count, until the next write. */
  public byte[] array() {
    return array;
  }

  /** What was written, as a copy of exact size; the buffer is empty afterwards. */
  public byte[] take() {
    if (size == array.length) {
      var whole = array;
      array = new byte[FIRST_BYTES];
      size = 0;
      return whole;
    }
    var taken = Arrays.copyOf(array, size);
    clear();
    return taken;
  }

  /** Empties; memory beyond 64 KB is given back. */
  public void clear() {
    size = 0;
    if (array.length > KEPT_BYTES) {
      array = new byte[FIRST_BYTES];
    }
  }

  /** With room for the CR LF that follows, so that a large value is not copied again for it. */
  void write(byte[] bytes) {
    reserve(bytes.length + 2);
    System.arraycopy(bytes, 0, array, size, bytes.length);
    size += bytes.length;
  }

  /** The type's first byte, the number, CR LF. */
  void writeHeader(char type, long number) {
    reserve(24);
    array[size++] = (byte) type;
    writeDecimal(number);
    array[size++] = '\r';
    array[size++] = '\n';
  }

  void writeCrLf() {
    reserve(2);
    array[size++] = '\r';
    array[size++] = '\n';
  }

  void writeByte(int value) {
    reserve(1);
    array[size++] = (byte) value;
  }

  private void writeDecimal(long number) {
    if (number >= 0 && number < 10) {
      array[size++] = (byte) ('0' + number);
      return;
    }
    long rest = number > 0 ? -number : number; // negative numbers reach one further
    int digits = 1;
    for (long i = rest; i <= -10; i /= 10) {
      digits++;
    }
    if (number < 0) {
      array[size++] = '-';
    }
    for (int i = size + digits - 1; i >= size; i--) {
      array[i] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  private void reserve(int more) {
    if (array.length - size < more) {
      long wanted = Math.max((long) size + more,
          array.length + (long) (array.length < LARGE_BYTES ? array.length : array.length / 4));
      array = Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8L, wanted));
    }
  }
}
