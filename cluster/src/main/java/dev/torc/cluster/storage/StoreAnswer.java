package dev.torc.cluster.storage;

import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.util.List;

/** What a replica's store says to a {@link StoreStep}. */
public sealed interface StoreAnswer permits StoreAnswer.Held, StoreAnswer.HeldVersion, StoreAnswer.Stored,
    StoreAnswer.Merged, StoreAnswer.Page, StoreAnswer.Counted, StoreAnswer.Confirmed, StoreAnswer.Failed,
    StoreAnswer.Partly, AcceptorAnswer, HintAnswer, SlotAnswer, ReapAnswer, TreeAnswer {

  /** To a fetch: the record, empty if there is none. */
  record Held(StoredRecord record) implements StoreAnswer {}

  /**
   * To a fetch whose limit the values exceed: what the replica has seen, without the values.
   *
   * @param siblings how many it holds: where only the latest are kept, two replicas that have seen the same may hold more and fewer
   */
  record HeldVersion(VersionVector version, int siblings) implements StoreAnswer {}

  /**
   * To a put: the write's dot, the whole record that now stands, and what stood before.
   *
   * @param unseen how many siblings it superseded without having seen them, because only the latest is kept
   */
  record Stored(Dot dot, StoredRecord record, Before before, int unseen) implements StoreAnswer {
    public Stored(Dot dot, StoredRecord record, Before before) {
      this(dot, record, before, 0);
    }
  }

  /** To a merge. */
  record Merged(Before before) implements StoreAnswer {}

  /** To a scan: keys with a live value, in order, and where to go on; {@link ScanPoint#END} when nothing is left in the ranges. */
  record Page(List<Bytes> keys, ScanPoint next) implements StoreAnswer {}

  /** To a count. */
  record Counted(long keys) implements StoreAnswer {}

  /** To a confirm. */
  record Confirmed(boolean holds) implements StoreAnswer {}

  /**
   * The answer of a replica that is catching up: true as far as it goes, but writes that the replica acknowledged may be missing, so that it does not count where a
   * quorum is meant.
   */
  record Partly(StoreAnswer told) implements StoreAnswer {
    public Partly {
      if (told instanceof Partly) {
        throw new IllegalArgumentException("in parts twice");
      }
    }

    static StoreAnswer unless(Wholeness wholeness, StoreAnswer told) {
      return wholeness.lacksRecords() ? new Partly(told) : told;
    }
  }

  /** What was told, in part or not. */
  default StoreAnswer told() {
    return this;
  }

  /** Nothing was done, or nothing that can be relied on. Never "not found". */
  record Failed(Cause cause, String reason) implements StoreAnswer {}

  enum Cause {
    /** The disk is full or failing, and nothing was tried; reads may go on. */
    DISK,
    /** It was tried and failed on the way to the disk: gone from memory, but a trace of it may come back with the next start. */
    COMMIT,
    /** The request arrived after its deadline. */
    LATE,
    /** A client's context claims what cannot have been. */
    BAD_CONTEXT,
    /** The replica has not seen what the write is to come after. */
    BEHIND,
    /** The key has as many concurrent values as it may have. */
    SIBLINGS,
    /** Too much is waiting. */
    BUSY,
    /** Not yet: the figures are being counted after an unclean stop. */
    COUNTING,
    /** No answer came: it may have been done. Said to whoever asked, by its own node. */
    LOST
  }

  /**
   * The latest sibling as it stood before a step, so that a delete can say whether there was something to delete without a read of its own.
   *
   * @param hlc 0 if there was none
   */
  record Before(long hlc, long actor, boolean isLive) {
    public static final Before NOTHING = new Before(0, 0, false);

    static Before of(StoredRecord record, long wallMillis) {
      if (record.siblings().isEmpty()) {
        return NOTHING;
      }
      var latest = record.siblings().getLast();
      return new Before(latest.dot().hlc(), latest.dot().actor(), latest.content().isLive(wallMillis));
    }

    /** The later of the two. */
    public Before or(Before other) {
      return new Dot(actor, hlc).compareTo(new Dot(other.actor, other.hlc)) >= 0 ? this : other;
    }
  }
}
