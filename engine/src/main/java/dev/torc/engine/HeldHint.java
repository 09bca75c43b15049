package dev.torc.engine;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Hint;
import dev.torc.cluster.storage.Key;

/** What is held of one key for one owner, in the course of a batch: as the disk has it, and as the steps so far have made it. */
final class HeldHint {
  final NodeId owner;
  final Key key;
  /** Null until it is read; stays so if it cannot be. */
  Hint before;
  Hint now;
  /** As it is on the disk, key and value. */
  long bytesBefore;
  /** Wall time at which it was let go although its owner has missed it; 0: it was not. */
  long missedMillis;
  /** Why it cannot be read. */
  String trouble;

  HeldHint(NodeId owner, Key key) {
    this.owner = owner;
    this.key = key;
  }

  void loaded(Hint hint, long bytes) {
    before = hint;
    now = hint;
    bytesBefore = bytes;
  }

  /** Or was tried in vain. */
  boolean isRead() { return now != null || trouble != null; }

  boolean isChanged() { return now != before; }
}
