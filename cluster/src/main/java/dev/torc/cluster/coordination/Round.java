package dev.torc.cluster.coordination;

import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.change.Intent;
import dev.torc.cluster.change.IntentChange;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.StoredRecord;
import java.util.List;
import java.util.Optional;

/** One attempt at a strong operation, under one ballot: what came back so far, and what was made of it. */
final class Round {
  enum Phase {
    /** This node's own record is being read, and promises are asked for unless the ballot is a cached one. */
    PREPARING,
    ACCEPTING,
    /** The value is chosen, and on the way into this node's own record. */
    COMMITTING_HERE,
    COMMITTING
  }

  final Ballot ballot;
  /** Promised with the last acceptance, and no other promise asked for. */
  final Proposer.Cached cached;
  final Quorum promised;
  final Quorum accepted;
  final Quorum committed;
  private final AcceptorAnswer.Promised[] promises;
  private final long startedAt;
  private boolean refused;
  Phase phase = Phase.PREPARING;
  StoredRecord own;
  /** The greatest ballot that stood in the way. */
  Ballot obstacle = Ballot.NONE;
  StoredRecord current = StoredRecord.EMPTY;
  Envelope results = Envelope.EMPTY;
  /** What was accepted in the latest round that was told of. */
  private StoredRecord accepts = StoredRecord.EMPTY;
  /** Whether what travels beside the value changes, the intents or the results, though the value may stay. */
  private boolean changesBeside;
  StoredRecord value;
  ChangeResult result;
  Ballot next;
  /** Whether this node's own acceptor has been asked to accept a cached ballot. */
  boolean ownAsked;

  /** @param cached null: the ballot is a new one */
  Round(Ballot ballot, Proposer.Cached cached, int required, int replicas, Moment now) {
    this.startedAt = now.steadyMillis();
    this.ballot = ballot;
    this.cached = cached;
    this.promised = new Quorum(required, replicas);
    this.accepted = new Quorum(required, replicas);
    this.committed = new Quorum(required, replicas);
    this.promises = new AcceptorAnswer.Promised[replicas];
  }

  boolean isCached() { return cached != null; }

  /** Of a replica, to what it was asked in this phase; another answer is as good as none. */
  void onAnswer(int place, StoreAnswer answer) {
    switch (answer) {
      case StoreAnswer.Held held -> own = held.record();
      case AcceptorAnswer.Promised promise -> onPromise(place, promise);
      case AcceptorAnswer.Accepted accepted -> this.accepted.onSuccess(place);
      case StoreAnswer.Merged merged -> committed.onSuccess(place);
      case AcceptorAnswer.Nacked nacked -> onNack(place, nacked.floor());
      case AcceptorAnswer.Stale stale -> onNack(place, Ballot.NONE);
      case AcceptorAnswer.Abstained abstained -> onFailure(place);
      case AcceptorAnswer.Queried other -> onFailure(place);
      case StoreAnswer.Failed failed -> onFailure(place);
      case StoreAnswer.HeldVersion other -> onFailure(place);
      case StoreAnswer.Stored other -> onFailure(place);
      case StoreAnswer.Page other -> onFailure(place);
      case StoreAnswer.Counted other -> onFailure(place);
      case StoreAnswer.Confirmed other -> onFailure(place);
      case HintAnswer other -> onFailure(place);
      case ReapAnswer other -> onFailure(place);
      case TreeAnswer other -> onFailure(place);
      case StoreAnswer.Partly partly -> onAnswer(place, partly.told());
      case SlotAnswer other -> onFailure(place);
    }
  }

  private void onPromise(int place, AcceptorAnswer.Promised promise) {
    promises[place] = promise;
    promised.onSuccess(place);
  }

  private void onNack(int place, Ballot floor) {
    obstacle = Ballot.max(obstacle, floor);
    refused = true;
    onFailure(place);
  }

  /** Whether somebody was in the way, so that it is better given up soon than kept waiting for the rest, who may be asleep. */
  boolean isRefused() {
    return refused;
  }

  /** The same, and it is time. */
  boolean hangs(Turn turn) {
    return refused && turn.now().steadyMillis() - startedAt >= turn.config().speculateAfterMillis();
  }

  void onFailure(int place) {
    switch (phase) {
      case PREPARING -> promised.onFailure(place);
      case ACCEPTING -> accepted.onFailure(place);
      case COMMITTING_HERE, COMMITTING -> committed.onFailure(place);
    }
  }

  /** What stands, from all that was told: the latest accepted value, whatever any of those replicas holds beside it, and what this node holds. */
  void gather(long wallMillis) {
    if (isCached()) {
      accepts = cached.value();
      results = cached.results();
    } else {
      var latest = latestPromise();
      accepts = latest.value();
      results = latest.results();
    }
    accepts = accepts.collapseExpired(wallMillis);
    current = accepts.merge(own);
    for (var promise : promises) {
      if (promise != null) {
        current = current.merge(promise.held());
      }
    }
    current = current.collapseExpired(wallMillis);
  }

  /**
   * Applies the change to what stands: the new value is a record with one sibling, under a dot of the proposer's, which has seen all that stands and all that
   * the client says it saw. False if nothing is to change, not even what is remembered of the operation.
   */
  boolean change(Request.Propose asked, Turn turn) {
    var step = asked.change().apply(current, turn.now().wallMillis());
    keep(step.result());
    if (step.content().isEmpty() && !asked.isAgain()) {
      return false;
    }
    step.content().ifPresent(content -> write(content, asked.change().after(), turn));
    changesBeside = true;
    long hlc = value == current ? ballot.counter() : value.latest().orElseThrow().dot().hlc();
    results = results.with(asked.id(), asked.lowestOpen(), result, hlc);
    return true;
  }

  /** The same of a step of an operation on several keys, which may change nothing but who holds the key. */
  boolean change(IntentChange step, Turn turn) {
    var applied = step.apply(current, results.intents(), turn.now().wallMillis());
    keep(applied.result());
    changesBeside = applied.intents() != results.intents();
    results = results.with(applied.intents());
    applied.content().ifPresent(content -> write(content, Context.NOTHING, turn));
    return changesBeside || value != current;
  }

  private void write(Content content, Context after, Turn turn) {
    var past = current.version().merge(after.version());
    long above = Math.max(ballot.counter(), Math.max(past.greatestHlc(), after.greatestHlc()));
    var dot = new Dot(turn.proposer().process(), turn.proposer().newHlc(above, turn.now()));
    value = new StoredRecord(past.with(dot), List.of(new Sibling(dot, content)));
  }

  /** Of the operation on several keys that holds this one. */
  Optional<Intent> intent() {
    return results.intents().intent();
  }

  /** What stands is to stay, and this is the answer. */
  void keep(ChangeResult answer) {
    value = current;
    result = answer;
  }

  /**
   * Whether what stands is to stay and was chosen, and is held by a majority, so that it may be answered without another round: those who promised accepted it in the
   * same round, nothing came since, and a majority has it as its record.
   */
  boolean isStable(long wallMillis) {
    if (isCached() || changesBeside || value != current || !current.equals(accepts)) {
      return false;
    }
    Ballot agreed = null;
    int holders = 0;
    for (var promise : promises) {
      if (promise != null) {
        if (agreed != null && !agreed.equals(promise.accepted())) {
          return false;
        }
        agreed = promise.accepted();
        holders += promise.held().collapseExpired(wallMillis).equals(current) ? 1 : 0;
      }
    }
    return holders >= promised.required();
  }

  private AcceptorAnswer.Promised latestPromise() {
    AcceptorAnswer.Promised latest = null;
    for (var promise : promises) {
      if (promise != null && (latest == null || latest.accepted().isBelow(promise.accepted()))) {
        latest = promise;
      }
    }
    return latest;
  }
}
