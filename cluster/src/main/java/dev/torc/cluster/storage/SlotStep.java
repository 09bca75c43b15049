package dev.torc.cluster.storage;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.ring.SlotRange;
import java.util.Optional;
import java.util.function.IntFunction;

/** A step on a slot, or several: how a replica that may have forgotten gets back what the others hold. */
public sealed interface SlotStep extends StoreStep {

  @Override
  default boolean isBackground() { return true; }

  /** Lists what a store keeps, in the order of the keys, in pieces. */
  sealed interface Listing extends SlotStep {
    SlotRange range();

    /** Keys behind it are left out. */
    ScanPoint from();

    /** Of one page, about; one key at least is in it if there is any, and keys that share a position are never parted. */
    int maxBytes();

    /** Whether a slot that is so whole may have forgotten some of what is listed. */
    boolean isForgotten(Wholeness wholeness);

    /** @param next where the page ended */
    default boolean isToldInPart(IntFunction<Wholeness> wholeness, ScanPoint next) {
      for (int slot = Math.max(range().from(), from().slot()); slot <= Math.min(range().to(), next.slot()); slot++) {
        if (isForgotten(wholeness.apply(slot))) {
          return true;
        }
      }
      return false;
    }
  }

  /** Lists keys with their records, tombstones too: a {@link SlotAnswer.Records}, in part where records are lacking. */
  record Records(SlotRange range, ScanPoint from, int maxBytes) implements Listing {
    @Override
    public boolean isForgotten(Wholeness wholeness) {
      return wholeness.lacksRecords();
    }
  }

  /** Lists keys with what is remembered of their strong operations: a {@link SlotAnswer.Acceptors}, in part where promises are lacking. */
  record Acceptors(SlotRange range, ScanPoint from, int maxBytes) implements Listing {
    @Override
    public boolean isForgotten(Wholeness wholeness) {
      return wholeness.lacksPromises();
    }
  }

  /** A step that changes what a store knows of a slot, by the thread that owns it. */
  sealed interface OnSlot extends SlotStep {
    int slot();
  }

  /** One that has the slot take part in no round at or below a ballot. */
  sealed interface Raising extends OnSlot {

    /** The digest of the ring in which both are; compared before the step gets to a store. */
    long ring();

    Ballot ballot();

    @Override
    default boolean isSynced() { return true; }
  }

  /**
   * The same whatever was promised or accepted for keys of the slot, which stands: {@link AcceptorAnswer.Accepted}. For what has been accepted in that very round and
   * is now to be forgotten.
   */
  record RaiseAtLeast(int slot, long ring, Ballot ballot) implements Raising {}

  /**
   * Asks to take part in no round at or below the ballot, for any key of the slot, so that promises that somebody gave and does not remember lead to nothing.
   *
   * @param ring the digest of the ring in which both are; compared before the step gets to a store
   */
  record Raise(int slot, long ring, Ballot ballot) implements Raising {

    /** @param greatest that was promised or accepted for any key of the slot, and the floor so far */
    public StoreAnswer judge(Ballot greatest, Wholeness wholeness) {
      var answer = greatest.isBelow(ballot) ? new AcceptorAnswer.Accepted() : new AcceptorAnswer.Nacked(greatest);
      return wholeness.lacksPromises() ? new StoreAnswer.Partly(answer) : answer;
    }
  }

  /**
   * The replica has the records again that it may have lost in that era, or the promises: {@link AcceptorAnswer.Accepted}, or {@link AcceptorAnswer.Stale} if it
   * has lost something since. For a node's own store. It need not be synced: there is one log, so it survives a power cut only together with the records that came before it, and after one
   * that it does not survive the slot is catching up still.
   */
  record Complete(int slot, long since, boolean promises) implements OnSlot {

    /** What the slot is then; empty if it has lost something since. */
    public Optional<Wholeness> apply(Wholeness wholeness) {
      if (wholeness.since() != since) {
        return wholeness.isWhole() ? Optional.of(wholeness) : Optional.empty();
      }
      boolean records = promises && wholeness.lacksRecords();
      boolean remembered = !promises && wholeness.lacksPromises();
      return Optional.of(records || remembered ? new Wholeness(since, records, remembered) : Wholeness.WHOLE);
    }
  }
}
