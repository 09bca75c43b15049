package dev.torc.engine;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.StoredRecord;

/** One key's record in the course of a batch: as the disk has it, and as the steps so far have made it. */
final class Held {
  final Key key;
  /** Null until it is read; stays so if it cannot be. */
  StoredRecord before;
  StoredRecord now;
  /** It came from memory. */
  boolean isHot;
  /** Why it cannot be read. */
  String trouble;

  Held(Key key) {
    this.key = key;
  }

  void loaded(StoredRecord record) {
    before = record;
    now = record;
  }

  /** Or was tried in vain. */
  boolean isRead() { return now != null || trouble != null; }

  boolean isChanged() { return now != before; }

  /** By how many the keys with a value become more. */
  int countDelta() {
    return (hasValue(now) ? 1 : 0) - (hasValue(before) ? 1 : 0);
  }

  static boolean hasValue(StoredRecord record) {
    return !record.siblings().isEmpty() && !record.siblings().getLast().content().isTombstone();
  }
}
