package dev.torc.cluster.storage;

import dev.torc.cluster.version.StoredRecord;

/**
 * 64 bits of a key and of what its record has seen and holds: the place, the version vector and the siblings' dots. Dots name writes for ever, so records of equal hashes are
 * equal but for values that one replica has let expire already; that comes to all by itself, and is no difference.
 */
public final class RecordHash {
  /** Of a key without a record. */
  public static final long NONE = 0;
  private static final long SIBLINGS = 0x9e3779b97f4a7c15L;

  private RecordHash() {}

  public static long of(Key key, StoredRecord record) {
    if (record.isEmpty()) {
      return NONE;
    }
    var version = record.version();
    long hash = key.position() ^ (long) key.slot() << 48;
    for (int i = 0; i < version.size(); i++) {
      hash = mix(mix(hash ^ version.actorAt(i)) ^ version.hlcAt(i));
    }
    hash ^= SIBLINGS;
    var siblings = record.siblings();
    for (int i = 0; i < siblings.size(); i++) {
      var dot = siblings.get(i).dot();
      hash = mix(mix(hash ^ dot.actor()) ^ dot.hlc());
    }
    return hash == NONE ? SIBLINGS : hash;
  }

  /** The finalizer of MurmurHash3. */
  private static long mix(long value) {
    long z = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
    return z ^ z >>> 33;
  }
}
