package dev.torc.cluster.storage;

import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.StoreAnswer.Before;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import java.util.List;

/**
 * One thing for a replica's store to do: data that travels, with its own pure code attached, so that RocksDB, the store in memory and the
 * simulator run the same line. A step on a key reads, decides and writes as one; nothing comes between.
 */
public sealed interface StoreStep permits StoreStep.OnKey, StoreStep.Scan, StoreStep.Count,
    StoreStep.Leftovers, AcceptorStep, HintStep, SlotStep, ReapStep, TreeStep {

  /** Whether it is answered only when all that the store has taken so far survives a power cut, however the store is set. */
  default boolean isSynced() {
    return false;
  }

  /** Whether it is never part of a client's request, whoever asks: then requests go before it. */
  default boolean isBackground() {
    return false;
  }

  /** A step on one key. */
  sealed interface OnKey extends StoreStep {
    Key key();

    /** @param current what the replica holds, {@link StoredRecord#EMPTY} if nothing */
    Applied apply(StoredRecord current, StepContext context);

    /** Whether it can be done where nothing can be written. */
    default boolean isReadOnly() { return false; }
  }

  /** What a step made of a record; the same record when it changed nothing. */
  record Applied(StoredRecord record, StoreAnswer answer) {}

  /**
   * Reads.
   *
   * @param valueLimitBytes of records with more bytes of values only the version is wanted
   */
  record Fetch(Key key, int valueLimitBytes) implements OnKey {
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    @Override
    public Applied apply(StoredRecord current, StepContext context) {
      boolean small = valueLimitBytes == NO_LIMIT || current.valueBytes() <= valueLimitBytes;
      var told = small
          ? new StoreAnswer.Held(current)
          : new StoreAnswer.HeldVersion(current.version(), current.siblings().size());
      return new Applied(current, StoreAnswer.Partly.unless(context.wholeness(key.slot()), told));
    }

    @Override
    public boolean isReadOnly() { return true; }
  }

  /**
   * A new write, stamped here: the one step that mints a dot. The dot is above every HLC in the causal past (this record, what the client has seen, and
   * {@code seenHlc} of the coordinator), whatever this machine's clock says.
   *
   * @param seenHlc the coordinator's clock, so that a write that follows another through a different node also sorts after it
   * @param limits beyond which a write may add no sibling; one that leaves no more than there were is always taken
   */
  record Put(Key key, Content content, Causality causality, long seenHlc, SiblingLimits limits) implements OnKey {

    public Put(Key key, Content content, Causality causality, long seenHlc) {
      this(key, content, causality, seenHlc, SiblingLimits.NONE);
    }

    @Override
    public Applied apply(StoredRecord current, StepContext at) {
      return applyAs(Hint.NO_ACTOR, current, at);
    }

    /** The same. @param actor to stamp as; {@link Hint#NO_ACTOR}: as the slot's */
    Applied applyAs(long actor, StoredRecord current, StepContext at) {
      // What a node with a broken clock wrote is there, and can only be superseded by who has seen it.
      if (at.clock().isTooFarAhead(causality.greatestHlc(), at.now()) && !causality.isKnownTo(current.version())) {
        return refused(current, StoreAnswer.Cause.BAD_CONTEXT,
            "the context is further ahead than the clocks may differ");
      }
      if (!causality.isWithin(current.version())) {
        return refused(current, StoreAnswer.Cause.BEHIND, "this replica has not seen the write that the context names");
      }
      at.clock().fold(seenHlc, at.now());
      var dot = new Dot(actor == Hint.NO_ACTOR ? at.actor(key.slot()) : actor, event(current, at));
      var record = current.update(causality, dot, content);
      if (addsTooMany(current, record)) {
        return refused(current, StoreAnswer.Cause.SIBLINGS, "the key has " + current.siblings().size()
            + " siblings, " + current.valueBytes() + " bytes; read it and write with its context");
      }
      return new Applied(record, new StoreAnswer.Stored(dot, record, Before.of(current, at.now().wallMillis()),
          causality.latestOnly() ? unseen(current) : 0));
    }

    private boolean addsTooMany(StoredRecord current, StoredRecord record) {
      int siblings = record.siblings().size();
      return siblings > 1 && siblings > current.siblings().size()
          && (siblings > limits.max() || record.valueBytes() > limits.maxBytes());
    }

    private int unseen(StoredRecord current) {
      int unseen = 0;
      for (var sibling : current.siblings()) {
        unseen += causality.supersedes(sibling.dot(), current.version()) ? 0 : 1;
      }
      return unseen;
    }

    private static Applied refused(StoredRecord current, StoreAnswer.Cause cause, String reason) {
      return new Applied(current, new StoreAnswer.Failed(cause, reason));
    }

    private long event(StoredRecord current, StepContext at) {
      long past = Math.max(current.version().greatestHlc(), causality.greatestHlc());
      return Math.max(at.clock().tick(at.now()), past + 1);
    }
  }

  /** Takes in what another replica holds, whole. */
  record Merge(Key key, StoredRecord incoming) implements OnKey {

    @Override
    public Applied apply(StoredRecord current, StepContext at) {
      at.clock().fold(incoming.version().greatestHlc(), at.now());
      var merged = current.merge(incoming);
      var record = merged.equals(current) ? current : merged;
      return new Applied(record, new StoreAnswer.Merged(Before.of(current, at.now().wallMillis())));
    }
  }

  /**
   * Asks whether this replica has seen a write, or one that came after it.
   *
   * @param version which whoever has covers
   * @param synced whether it must be on disk for that
   */
  record Confirm(Key key, VersionVector version, boolean synced) implements OnKey {
    public Confirm(Key key, Dot dot, boolean synced) {
      this(key, VersionVector.of(dot), synced);
    }

    @Override
    public Applied apply(StoredRecord current, StepContext at) {
      return new Applied(current, new StoreAnswer.Confirmed(current.version().covers(version)));
    }

    @Override
    public boolean isSynced() { return synced; }

    @Override
    public boolean isReadOnly() { return !synced; }
  }

  /**
   * Lists keys with a live value in {@code ranges} (ascending, apart from each other) from {@code from} on. The store looks at no more than a
   * bounded number of records in one go, so a page may be short, even empty, and still not be the last. Keys that share a position are never parted.
   */
  record Scan(List<SlotRange> ranges, ScanPoint from, int limit) implements StoreStep {}

  /** Counts the keys with a value in {@code ranges}, expired ones that the sweep has not reached included. */
  record Count(List<SlotRange> ranges) implements StoreStep {}

  /**
   * Lists keys of which nothing is left but tombstones, or what was promised to rounds of strong operations: in {@code ranges} (ascending, apart from each other), from
   * {@code from} on, and nothing of them later than {@code beforeHlc}. Answered like a scan, with pages that may be short, and with what is committed.
   */
  record Leftovers(List<SlotRange> ranges, ScanPoint from, long beforeHlc, int limit) implements StoreStep {
    @Override
    public boolean isBackground() { return true; }
  }
}
