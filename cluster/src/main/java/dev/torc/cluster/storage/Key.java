package dev.torc.cluster.storage;

import dev.torc.cluster.ring.Slot;
import dev.torc.protocol.Bytes;

/**
 * A key with its place: replicas keep keys ordered by slot, then by {@code position}, then by the bytes. The position is a hash, so that a scan's
 * place in a slot fits into a cursor of 62 bits, whatever the keys look like, and so that a slot's keys fall evenly into ranges.
 *
 * @param position 48 bits
 */
public record Key(Bytes bytes, int slot, long position) implements Comparable<Key> {
  private static final int POSITION_BITS = 48;
  /** The greatest position. */
  public static final long LAST_POSITION = (1L << POSITION_BITS) - 1;

  public static Key of(Bytes bytes) {
    return new Key(bytes, Slot.of(bytes), position(bytes));
  }

  @Override
  public int compareTo(Key other) {
    int order = Integer.compare(slot, other.slot);
    if (order == 0) {
      order = Long.compare(position, other.position);
    }
    return order != 0 ? order : bytes.compareTo(other.bytes);
  }

  @Override
  public int hashCode() {
    return (int) position;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key that && position == that.position && bytes.equals(that.bytes);
  }

  /** FNV-1a over the bytes, then MurmurHash3's finalizer, of which the upper 48 bits. */
  private static long position(Bytes bytes) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : bytes.array()) {
      hash = (hash ^ b & 0xff) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return (hash ^ hash >>> 33) >>> 64 - POSITION_BITS;
  }
}
