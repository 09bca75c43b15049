package dev.torc.cluster.storage;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.StoredRecord;

/**
 * A replica's part in forgetting a key for good: the record, whose siblings are all tombstones, together with what it remembers as the key's acceptor. The one place where
 * the two change as one: dropped one after the other, the accepted value would come back to life in between.
 */
public sealed interface ReapStep extends StoreStep {

  @Override
  default boolean isBackground() { return true; }

  Key key();

  /** What a step made of the key; the same record and state when it changed nothing. */
  record Judged(StoredRecord record, AcceptorState state, ReapAnswer answer) {}

  /**
   * @param current the key's record
   * @param state what the replica remembers, {@link AcceptorState#EMPTY} if nothing
   */
  Judged apply(StoredRecord current, AcceptorState state, StepContext context);

  /**
   * Reads what is left of a key, and is answered when that is on disk: once all replicas have said so the others drop it, and a replica that lost it with the power after that would have
   * the old value again, and nobody anything against it.
   *
   * @param graceMillis how old it must be by this replica's own clock too, to count as gone: so that one clock that is ahead ends nothing too early
   */
  record Inspect(Key key, long graceMillis) implements ReapStep {
    @Override
    public Judged apply(StoredRecord current, AcceptorState state, StepContext context) {
      boolean gone = isDeleted(current) && isDeleted(state.value())
          && context.wholeness(key.slot()).isWhole()
          && latestHlc(current, state) < Hlc.atMillis(context.now().wallMillis() - graceMillis);
      var left = gone ? current : StoredRecord.EMPTY;
      return new Judged(current, state,
          new ReapAnswer.Inspected(gone, left, state.accepted(), isQuiet(current, state)));
    }

    @Override
    public boolean isSynced() { return true; }
  }

  /**
   * Drops it, if it is still exactly this.
   *
   * @param record as all replicas hold it
   * @param accepted by all their acceptors; the slot's floor is there by now, so that no round up to it can begin or go on
   */
  record Reap(Key key, StoredRecord record, Ballot accepted) implements ReapStep {
    @Override
    public Judged apply(StoredRecord current, AcceptorState state, StepContext context) {
      boolean same = context.wholeness(key.slot()).isWhole() && isDeleted(current) && isDeleted(state.value())
          && current.equals(record)
          && state.accepted().equals(accepted) && isQuiet(current, state);
      return same
          ? new Judged(StoredRecord.EMPTY, AcceptorState.EMPTY, new ReapAnswer.Reaped(true))
          : new Judged(current, state, new ReapAnswer.Reaped(false));
    }
  }

  /** Whether none of the siblings is a value; one that has only expired is one until it is swept. */
  private static boolean isDeleted(StoredRecord record) {
    for (var sibling : record.siblings()) {
      if (!sibling.content().isTombstone()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isQuiet(StoredRecord current, AcceptorState state) {
    return !state.accepted().isBelow(state.promised()) && current.version().covers(state.value().version())
        && state.results().intents().isNone();
  }

  /** Whether the replica holds nothing but what can be reaped one day. */
  static boolean isLeftover(StoredRecord record, AcceptorState state) {
    return isDeleted(record) && isDeleted(state.value())
        && !(record.isEmpty() && state.equals(AcceptorState.EMPTY));
  }

  /** The latest time, as an HLC reading, of what is left. */
  static long latestHlc(StoredRecord record, AcceptorState state) {
    return Math.max(Math.max(record.version().greatestHlc(), state.value().version().greatestHlc()),
        Ballot.max(state.promised(), state.accepted()).counter());
  }
}
