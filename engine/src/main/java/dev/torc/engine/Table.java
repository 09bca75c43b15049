package dev.torc.engine;

import java.nio.charset.StandardCharsets;

/** The column families, each a sorted table of its own within one database and one write-ahead log. */
enum Table {
  /** {@link DiskKey} to record. The default family, because RocksDB reads many keys of that one with the least ado. */
  RECORDS("default"),
  /** Bucket, time and {@link DiskKey} of each value that expires, to nothing; entries may be stale ({@link ExpiryIndex}). */
  EXPIRY("expiry"),
  /** What the node itself must remember ({@link MetaKey}). */
  META("meta"),
  /** {@link DiskKey} to what the replica remembers as the key's acceptor ({@link dev.torc.cluster.paxos.AcceptorState}). */
  ACCEPTORS("acceptors"),
  /** {@link HintKey} to what is held of the key for that owner ({@link dev.torc.cluster.storage.Hint}). */
  HINTS("hints"),
  /** When each of them began, and its {@link HintKey}, to nothing. */
  HINT_AGES("hint-ages"),
  /** {@link DiskKey} of each key of which nothing but tombstones or promises is left, to nothing; a few entries may be stale ({@link Leftovers}). */
  LEFTOVERS("leftovers");

  private final byte[] familyName;

  Table(String familyName) {
    this.familyName = familyName.getBytes(StandardCharsets.UTF_8);
  }

  byte[] familyName() {
    return familyName;
  }
}
