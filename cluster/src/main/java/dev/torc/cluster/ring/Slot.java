package dev.torc.cluster.ring;

import dev.torc.protocol.Bytes;

/**
 * The 16,384 equal partitions of the key space, numbered as Redis Cluster numbers them: CRC16/XMODEM of the key modulo 16,384, or of its hash
 * tag, what stands between the first <code>{</code> and the next <code>}</code>, unless that is empty (redis.io, "Redis cluster specification").
 */
public final class Slot {
  public static final int COUNT = 16_384;

  private static final char[] CRC = new char[256];

  static {
    for (int i = 0; i < 256; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
      }
      CRC[i] = (char) crc;
    }
  }

  private Slot() {}

  /** The slot of a key, 0 … 16,383. A key lives in its slot for ever. */
  public static int of(Bytes key) {
    byte[] array = key.array();
    int open = indexOf(array, '{', 0);
    int close = open < 0 ? -1 : indexOf(array, '}', open + 1);
    return close <= open + 1 ? crc16(array, 0, array.length) % COUNT : crc16(array, open + 1, close) % COUNT;
  }

  /** Where the slot sits on the ring: {@code slot << 114}. */
  public static Token token(int slot) {
    return new Token((long) slot << 50, 0);
  }

  private static int crc16(byte[] array, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = (crc << 8 ^ CRC[(crc >>> 8 ^ array[i]) & 0xff]) & 0xffff;
    }
    return crc;
  }

  private static int indexOf(byte[] array, char wanted, int from) {
    for (int i = from; i < array.length; i++) {
      if (array[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
