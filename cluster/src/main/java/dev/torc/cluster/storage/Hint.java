package dev.torc.cluster.storage;

import dev.torc.cluster.version.StoredRecord;

/**
 * What a node holds of a key for a replica that could not be reached: one per owner and key, everything merged that was to go there.
 *
 * @param sinceMillis wall time at which there was nothing yet and it began; 0 without a hint
 * @param lastMillis wall time at which something was last added
 * @param actor under whom this node stamped writes of its own in it, since no replica could be reached; 0: it stamped none
 * @param era of the store that minted the actor: in a later one it may have forgotten what it stamped ({@link StepContext#era})
 */
public record Hint(long sinceMillis, long lastMillis, long actor, long era, StoredRecord record) {
  public static final long NO_ACTOR = 0;
  public static final Hint NONE = new Hint(0, 0, NO_ACTOR, 0, StoredRecord.EMPTY);

  public boolean isNone() { return record.isEmpty(); }

  /** With what came now; this itself if it holds that already. */
  Hint with(StoredRecord incoming, StepContext at) {
    var merged = record.merge(incoming);
    return merged.equals(record) ? this : renewed(merged, actor, era, at);
  }

  /** With a write of this node's own under the actor. */
  Hint stamped(StoredRecord written, long by, StepContext at) {
    return renewed(written, by, at.era(), at);
  }

  /** Whom this node may go on as: whoever stamped here last, as long as nothing of that can be forgotten; a new one otherwise. */
  long stamper(StepContext at) {
    return actor != NO_ACTOR && era == at.era() ? actor : at.freshActor();
  }

  private Hint renewed(StoredRecord now, long by, long inEra, StepContext at) {
    long wall = at.now().wallMillis();
    return new Hint(isNone() ? wall : sinceMillis, wall, by, inEra, now);
  }
}
