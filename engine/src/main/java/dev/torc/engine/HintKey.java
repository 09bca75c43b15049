package dev.torc.engine;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import java.nio.ByteBuffer;

/**
 * A hint as the disk has it: 8 bytes of owner, then its {@link DiskKey}. In {@link Table#HINT_AGES} 8 bytes before that tell when it began, big-endian.
 */
final class HintKey {
  private static final int OWNER_BYTES = Long.BYTES;
  static final int AGE_BYTES = Long.BYTES;

  private HintKey() {}

  static byte[] of(NodeId owner, Key key) {
    var disk = DiskKey.of(key);
    return ByteBuffer.allocate(OWNER_BYTES + disk.length).putLong(owner.value()).put(disk).array();
  }

  /** Before all hints of the owner. */
  static byte[] of(NodeId owner) {
    return ByteBuffer.allocate(OWNER_BYTES).putLong(owner.value()).array();
  }

  static byte[] aged(long sinceMillis, byte[] hintKey) {
    return ByteBuffer.allocate(AGE_BYTES + hintKey.length).putLong(sinceMillis).put(hintKey).array();
  }

  static byte[] from(long sinceMillis) {
    return ByteBuffer.allocate(AGE_BYTES).putLong(Math.max(0, sinceMillis)).array();
  }

  static long age(byte[] aged) {
    return ByteBuffer.wrap(aged).getLong();
  }

  static NodeId owner(byte[] disk) {
    return new NodeId(ByteBuffer.wrap(disk).getLong());
  }

  static Key key(byte[] disk) {
    return DiskKey.parse(disk, OWNER_BYTES);
  }
}
