package dev.torc.cluster.storage;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.version.StoredRecord;

/**
 * A replica's part in a strong operation, as an acceptor of CASPaxos. None of these touches the key's record: what was chosen gets there by an ordinary
 * {@link StoreStep.Merge}. What they change is on disk, synced, before it is answered.
 *
 * <p>A replica whose record may have lost acknowledged writes takes no part before it has the key whole again from the others
 * ({@link Rejoin}): a majority that counted on it could miss a write that was acknowledged.
 */
public sealed interface AcceptorStep extends StoreStep {
  Key key();

  /** Among whom; the coordinator compares it before the step gets to a store. */
  Epoch epoch();

  /** What a step made of the state; the same state when it changed nothing. */
  record Judged(AcceptorState state, StoreAnswer answer) {}

  /**
   * @param current the key's record
   * @param state what the replica remembers, {@link AcceptorState#EMPTY} if nothing
   */
  Judged apply(StoredRecord current, AcceptorState state, StepContext context);

  @Override
  default boolean isSynced() { return true; }

  /** Asks for a promise to take part in no round below this one, and for what was accepted so far. */
  record Prepare(Key key, Epoch epoch, Ballot ballot) implements AcceptorStep {
    @Override
    public Judged apply(StoredRecord current, AcceptorState state, StepContext context) {
      if (abstains(state, key, context)) {
        return new Judged(state, new AcceptorAnswer.Abstained());
      }
      var floor = Ballot.max(state.floor(), context.floor(key.slot()));
      if (!floor.isBelow(ballot)) {
        return new Judged(state, new AcceptorAnswer.Nacked(floor));
      }
      var answer = new AcceptorAnswer.Promised(state.accepted(), state.value(), state.results(), current);
      return new Judged(state.promise(ballot), answer);
    }
  }

  /**
   * Asks to accept a value.
   *
   * @param next a ballot that is promised at once, for the proposer's next operation
   * @param isCached the proposer did not ask for promises, but goes by what it saw last time: then a write that came in between must stop it,
   * even one that is a sibling no more because another was later
   */
  record Accept(Key key, Epoch epoch, Ballot ballot, StoredRecord value, Envelope results, Ballot next,
      boolean isCached) implements AcceptorStep {

    @Override
    public Judged apply(StoredRecord current, AcceptorState state, StepContext context) {
      if (abstains(state, key, context)) {
        return new Judged(state, new AcceptorAnswer.Abstained());
      }
      if (ballot.equals(state.accepted()) && value.equals(state.value())) {
        return new Judged(state, new AcceptorAnswer.Accepted());
      }
      var floor = context.floor(key.slot());
      if (ballot.isBelow(state.promised()) || !Ballot.max(state.accepted(), floor).isBelow(ballot)) {
        return new Judged(state, new AcceptorAnswer.Nacked(Ballot.max(state.floor(), floor)));
      }
      if (isCached && !value.version().covers(current.version())) {
        return new Judged(state, new AcceptorAnswer.Stale());
      }
      return new Judged(state.accept(ballot, next, value, results), new AcceptorAnswer.Accepted());
    }

    /** Bytes of the values that travel with it. */
    public long valueBytes() {
      return value.valueBytes() + results.valueBytes();
    }
  }

  /** Asks what was accepted, and writes nothing. */
  record Query(Key key, Epoch epoch) implements AcceptorStep {
    @Override
    public Judged apply(StoredRecord current, AcceptorState state, StepContext context) {
      var answer = abstains(state, key, context)
          ? new AcceptorAnswer.Abstained()
          : new AcceptorAnswer.Queried(state.accepted(), state.value(), current,
              state.results().intents().intent().isPresent());
      return new Judged(state, answer);
    }

    @Override
    public boolean isSynced() { return false; }
  }

  /** Takes part again: the key's record is what all other replicas held, merged. For a node's own store. */
  record Rejoin(Key key, Epoch epoch) implements AcceptorStep {
    @Override
    public Judged apply(StoredRecord current, AcceptorState state, StepContext context) {
      var complete = abstains(state, key, context) ? state.complete(context.era()) : state;
      return new Judged(complete, new AcceptorAnswer.Accepted());
    }
  }

  /**
   * A replica that has forgotten what it accepted accepts what stands at the others, all of whom have been told to take part in nothing below the ballot
   * ({@link SlotStep.Raise}): as a round of its own, so that nothing that was accepted beside it below that can pass for later. What the others accepted above the
   * ballot since is accepted as it is, for the replica promised nothing meanwhile. For a node's own store.
   *
   * @param latest the accepted state with the greatest ballot, of a majority of the others
   */
  record Restore(Key key, Epoch epoch, Ballot raised, AcceptorState latest) implements AcceptorStep {
    @Override
    public Judged apply(StoredRecord current, AcceptorState state, StepContext context) {
      var told = state.accepted().isBelow(latest.accepted()) ? latest : state;
      if (told.accepted().isNone() || !told.accepted().isBelow(raised) && told == state) {
        return new Judged(state, new AcceptorAnswer.Accepted());
      }
      var accepted = Ballot.max(raised, told.accepted());
      var restored = new AcceptorState(Ballot.max(accepted, state.promised()), accepted, told.value(), told.results(),
          state.era());
      return new Judged(restored, new AcceptorAnswer.Accepted());
    }
  }

  private static boolean abstains(AcceptorState state, Key key, StepContext context) {
    var wholeness = context.wholeness(key.slot());
    return wholeness.lacksPromises() || wholeness.lacksRecords() && state.era() < wholeness.since();
  }
}
