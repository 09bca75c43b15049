package dev.torc.cluster.storage;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.version.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What concerns hints: the records that a node holds for replicas that could not be reached, beside its own and never mixed with them. As durable as
 * records are. A hint leaves in one way only: the very record that is on its owner's disk, or that was given up, is dropped; what was added
 * meanwhile stays.
 */
public sealed interface HintStep extends StoreStep {

  /** What concerns one key may be the last step of a write, or of a read. */
  @Override
  default boolean isBackground() { return !(this instanceof OnKey); }

  /** To whose part of a store it belongs. */
  int slot();

  /** A step on one key's hints. */
  sealed interface OnKey extends HintStep {
    Key key();

    /** Whose hints, none twice; at least one. */
    List<NodeId> owners();

    /** @param current the owners' hints, in their order, {@link Hint#NONE} where there is none */
    Judged apply(List<Hint> current, StepContext at);

    /** Whether it can be done where nothing can be written. */
    default boolean isReadOnly() { return false; }

    @Override
    default int slot() {
      return key().slot();
    }
  }

  /** What a step made of the hints, in the same order; the same hints where it changed nothing. */
  record Judged(List<Hint> hints, StoreAnswer answer) {
    private Judged(Hint only, StoreAnswer answer) {
      this(List.of(only), answer);
    }
  }

  /** Holds the record for its owner. Answered with {@link StoreAnswer.Merged}. */
  record Keep(NodeId owner, Key key, StoredRecord incoming) implements OnKey {
    @Override
    public List<NodeId> owners() {
      return List.of(owner);
    }

    @Override
    public Judged apply(List<Hint> current, StepContext at) {
      at.clock().fold(incoming.version().greatestHlc(), at.now());
      var hint = current.getFirst();
      return new Judged(hint.with(incoming, at),
          new StoreAnswer.Merged(StoreAnswer.Before.of(hint.record(), at.now().wallMillis())));
    }
  }

  /**
   * A new write where no replica of the key can be reached, so that a node that is none has to stamp it. It supersedes what this node holds for any of them, and is held for
   * the first. Stamped as an actor of its own, which is remembered with the hint and ends with it: once that is gone, this node has forgotten what it stamped.
   *
   * @param owners all replicas of the key
   */
  record PutKept(List<NodeId> owners, StoreStep.Put put) implements OnKey {
    public PutKept {
      owners = List.copyOf(owners);
    }

    @Override
    public Key key() {
      return put.key();
    }

    @Override
    public Judged apply(List<Hint> current, StepContext at) {
      var own = current.getFirst();
      long actor = own.stamper(at);
      var applied = put.applyAs(actor, merged(current), at);
      if (!(applied.answer() instanceof StoreAnswer.Stored)) {
        return new Judged(current, applied.answer());
      }
      var hints = new ArrayList<>(current);
      hints.set(0, own.stamped(applied.record(), actor, at));
      return new Judged(hints, applied.answer());
    }
  }

  /** Reads what is held of the key for any of its replicas, together. Answered as {@link StoreStep.Fetch} is. */
  record FetchKept(Key key, List<NodeId> owners, int valueLimitBytes) implements OnKey {
    public FetchKept {
      owners = List.copyOf(owners);
    }

    @Override
    public Judged apply(List<Hint> current, StepContext at) {
      var fetch = new StoreStep.Fetch(key, valueLimitBytes);
      return new Judged(current, fetch.apply(merged(current), at).answer().told());
    }

    @Override
    public boolean isReadOnly() { return true; }
  }

  /** Why a hint is let go. */
  enum Why {
    /** Who is to have it has it, on disk. */
    DELIVERED,
    /** It was kept for too long, or is one too many, and another replica of the key has it on disk. */
    HANDED_OVER,
    /** The same, and no replica of the key could be reached. */
    GIVEN_UP;

    /** Whether its owner has missed it: that is remembered, beyond restarts, and told with {@link HintAnswer.Tally}. */
    public boolean isMissed() {
      return this != DELIVERED;
    }
  }

  /**
   * Lets a hint go. Answered with {@link StoreAnswer.Confirmed}: whether it is gone now.
   *
   * @param record that was delivered; if more was added since, the hint stays
   */
  record Drop(NodeId owner, Key key, StoredRecord record, Why why) implements OnKey {
    @Override
    public List<NodeId> owners() {
      return List.of(owner);
    }

    @Override
    public Judged apply(List<Hint> current, StepContext at) {
      var hint = current.getFirst();
      boolean gone = hint.isNone() || hint.record().equals(record);
      return new Judged(gone ? Hint.NONE : hint, new StoreAnswer.Confirmed(gone));
    }
  }

  /**
   * Lists hints of an owner in the order of their keys, as far as the store can tell them at once. Answered with {@link HintAnswer.Listed}.
   *
   * @param after the key behind which to go on; empty: from the first
   */
  record ListKept(NodeId owner, Optional<Key> after, int limit) implements HintStep {
    @Override
    public int slot() {
      return 0;
    }
  }

  /**
   * Lists the oldest hints, whoever owns them, in the order in which they began. Answered with {@link HintAnswer.Listed}.
   *
   * @param fromMillis those that began then or later
   */
  record ListOldest(long fromMillis, int limit) implements HintStep {
    @Override
    public int slot() {
      return 0;
    }
  }

  /**
   * Tells a node that some of what was kept for it did not and will not come, so that it compares its records with the other replicas' now. Answered with
   * {@link StoreAnswer.Confirmed}.
   */
  record TellMissed() implements HintStep {
    @Override
    public int slot() {
      return 0;
    }
  }

  /** Tells how many hints there are. Answered with {@link HintAnswer.Tally}. */
  record CountKept() implements HintStep {
    @Override
    public int slot() {
      return 0;
    }
  }

  private static StoredRecord merged(List<Hint> hints) {
    var merged = StoredRecord.EMPTY;
    for (var hint : hints) {
      merged = merged.merge(hint.record());
    }
    return merged;
  }
}
