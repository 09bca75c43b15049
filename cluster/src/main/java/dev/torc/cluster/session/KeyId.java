package dev.torc.cluster.session;

import dev.torc.cluster.storage.Key;
import java.util.zip.CRC32C;

/**
 * A key in twelve bytes. Two keys with the same one would be taken for each other, and a write of the one for having seen what was seen of the other: so
 * there is a checksum beside the position, which is a hash of another kind.
 *
 * @param place the slot, then 48 bits of the position
 * @param check CRC32C of the bytes
 */
record KeyId(long place, int check) {
  private static final int POSITION_BITS = 48;

  static KeyId of(Key key) {
    var crc = new CRC32C();
    crc.update(key.bytes().array(), 0, key.bytes().size());
    return new KeyId((long) key.slot() << POSITION_BITS | key.position(), (int) crc.getValue());
  }

  /** One of {@link Session#BUCKETS} bits. */
  long bucket() {
    return 1L << (place >>> POSITION_BITS) % Session.BUCKETS;
  }
}
