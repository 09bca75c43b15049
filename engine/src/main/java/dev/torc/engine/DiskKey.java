package dev.torc.engine;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.protocol.Bytes;
import java.util.Arrays;

/** A key as the disk has it: 2 bytes of slot, 6 of position, big-endian, then its bytes. Sorts as {@link Key} does. */
final class DiskKey {
  private static final int HEAD = 8;

  private DiskKey() {}

  static byte[] of(Key key) {
    byte[] bytes = key.bytes().array();
    var disk = new byte[HEAD + bytes.length];
    putHead(disk, 0, key.slot(), key.position());
    System.arraycopy(bytes, 0, disk, HEAD, bytes.length);
    return disk;
  }

  /** Before all keys at and behind the place. */
  static byte[] of(ScanPoint point) {
    var disk = new byte[HEAD];
    putHead(disk, 0, point.slot(), point.position());
    return disk;
  }

  static Key parse(byte[] disk, int from) {
    return new Key(Bytes.of(Arrays.copyOfRange(disk, from + HEAD, disk.length)), slot(disk, from),
        position(disk, from));
  }

  static int slot(byte[] disk, int from) {
    return (disk[from] & 0xff) << 8 | disk[from + 1] & 0xff;
  }

  static long position(byte[] disk, int from) {
    long position = 0;
    for (int i = from + 2; i < from + HEAD; i++) {
      position = position << 8 | disk[i] & 0xff;
    }
    return position;
  }

  private static void putHead(byte[] disk, int from, int slot, long position) {
    long head = (long) slot << 48 | position;
    for (int i = 0; i < HEAD; i++) {
      disk[from + i] = (byte) (head >>> 56 - 8 * i);
    }
  }
}
