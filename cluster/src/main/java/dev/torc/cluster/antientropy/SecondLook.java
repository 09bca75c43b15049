package dev.torc.cluster.antientropy;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.RecordHash;
import dev.torc.cluster.version.StoredRecord;

/**
 * A key that differed a while ago, and its records as they are now. Writes under way make records differ for a moment, and then both replicas move; what differs again while at
 * least one of them has not moved is a difference that would stay.
 */
final class SecondLook {
  private final Key key;
  private final long mineBefore;
  private final long theirsBefore;
  private StoredRecord mine;
  private StoredRecord theirs;

  SecondLook(LeafLook.Differing first) {
    this.key = Key.of(first.key());
    this.mineBefore = first.mine();
    this.theirsBefore = first.theirs();
  }

  Key key() {
    return key;
  }

  void onHeld(boolean isMine, StoredRecord record) {
    if (isMine) {
      mine = record;
    } else {
      theirs = record;
    }
  }

  boolean isComplete() { return mine != null && theirs != null; }

  StoredRecord mine() {
    return mine;
  }

  StoredRecord theirs() {
    return theirs;
  }

  boolean isDivergent() {
    long here = RecordHash.of(key, mine);
    long there = RecordHash.of(key, theirs);
    return here != there && (here == mineBefore || there == theirsBefore);
  }

  /** Whether the node lacks something that the other has. */
  boolean lacks(boolean isMine) {
    var own = isMine ? mine : theirs;
    return RecordHash.of(key, own.merge(isMine ? theirs : mine)) != RecordHash.of(key, own);
  }
}
