package dev.torc.cluster.coordination;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.IntentChange;
import dev.torc.cluster.change.IntentResult;
import dev.torc.cluster.coordination.Quorum.Verdict;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.protocol.command.Level;

/**
 * A strong operation, at a replica: CASPaxos (Rystsov, 2018), a Paxos register whose next value is a function of its last, beside ordinary writes of the same key.
 *
 * <p>A round asks a majority for promises and for what they accepted last, applies the change to what stands (the latest accepted value, and every ordinary
 * write that those replicas hold), has a majority accept the outcome, and then commits it as an ordinary merge, at this node first. Only when a majority has
 * merged it is the client told: so whoever reads at a quorum afterwards sees it.
 *
 * <p>With each acceptance the next ballot is promised. As long as the same proposer goes on (requests prefer the first live replica) that saves the first round
 * trip. Such a cached ballot knows nothing of ordinary writes since, so an acceptor that holds one says so; and this node's own acceptor comes
 * last, when another has agreed: alone it would have accepted what a later round never sees. Both are needed, and only among three replicas.
 *
 * <p>The complication is not knowing. A round without a majority may still be completed by another proposer that finds its value. So the operation has an id, and its
 * result travels with the accepted value: whoever tries again, here or elsewhere, finds it there. A result found that way is told only after it is
 * accepted again, since the value that holds it may never have been chosen. A ballot is never used for a second value.
 */
final class StrongCoordination extends QueuedCoordination {
  private static final int CACHING_REPLICAS = 3;
  private static final long FIRST_BACKOFF_MILLIS = 4;
  private static final long LONGEST_BACKOFF_MILLIS = 250;
  /** More results than can be waited for; a key on which so many are unanswered has other troubles. */
  private static final int MAX_RESULTS = 4_096;

  private final Request.Propose asked;
  private final PreferenceList replicas;
  private final int required;
  private boolean maySucceed;
  private int attempts;
  private Ballot obstacle = Ballot.NONE;
  /** Null between attempts. */
  private Round round;

  StrongCoordination(Request.Propose asked, PreferenceList replicas, Sink sink) {
    super(asked.key(), asked.terms(), sink);
    this.asked = asked;
    this.replicas = replicas;
    this.required = Level.STRONG.required(replicas.size());
  }

  @Override
  void start(Turn turn) {
    int live = ReplicaOrder.live(replicas, turn);
    if (live < required) {
      turn.reply(this, Refusals.writeLevel(Level.STRONG, required, live, replicas.size()));
      turn.end(this);
    } else {
      enter(turn);
    }
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    int place = replicas.indexOf(replica);
    if (answer instanceof AcceptorAnswer.Abstained) {
      onAbstained(replica, place, turn);
    } else if (answer instanceof StoreAnswer.Failed failed && replica.equals(turn.self()) && round.own == null) {
      conclude(maySucceed ? Refusals.unconfirmed(within(turn)) : Refusals.of(failed), turn);
      return;
    } else {
      round.onAnswer(place, answer);
    }
    advance(turn);
    if (round != null && round.isRefused()) {
      turn.wakeAfter(this, turn.config().speculateAfterMillis());
    }
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    if (round.own == null && replica.equals(turn.self())) {
      again(turn);
      return;
    }
    round.onFailure(replicas.indexOf(replica));
    advance(turn);
  }

  @Override
  void onWake(Turn turn) {
    if (round == null && isFirst()) {
      begin(null, turn);
    } else if (round != null && round.hangs(turn)) {
      again(turn);
    }
  }

  @Override
  void onTimeout(Turn turn) {
    conclude(maySucceed
        ? Refusals.unconfirmed(within(turn))
        : isFirst() ? unreached(turn) : Refusals.contention(within(turn)), turn);
  }

  /** Then nothing may be promised beyond the round. */
  private boolean buries() {
    return asked.change() instanceof Change.Bury;
  }

  @Override
  void onTurn(Turn turn) {
    begin(turn.proposer().take(key()), turn);
  }

  /** @param cached null for a round of its own promises */
  private void begin(Proposer.Cached cached, Turn turn) {
    turn.announce(++attempts == 1 ? Event.STRONG : Event.STRONG_AGAIN);
    var usable = replicas.size() == CACHING_REPLICAS && !buries() ? cached : null;
    var ballot = usable == null ? turn.proposer().newBallot(obstacle, turn.now()) : usable.ballot();
    round = new Round(ballot, usable, required, replicas.size(), turn.now());
    turn.ask(this, turn.self(), new StoreStep.Fetch(key(), StoreStep.Fetch.NO_LIMIT));
    if (usable == null) {
      ask(new AcceptorStep.Prepare(key(), epoch(turn), ballot), true, turn);
      advance(turn);
    }
  }

  /** Asks those that can be reached; the others have failed. */
  private void ask(StoreStep step, boolean andSelf, Turn turn) {
    for (int i = 0; i < replicas.size(); i++) {
      var replica = replicas.nodes().get(i);
      if (!turn.isLive(replica)) {
        round.onFailure(i);
      } else if (andSelf || !replica.equals(turn.self())) {
        turn.ask(this, replica, step);
      }
    }
  }

  private void onAbstained(NodeId replica, int place, Turn turn) {
    round.onFailure(place);
    if (replica.equals(turn.self())) {
      RejoinCoordination.open(key(), epoch(turn), turn);
    }
  }

  private void advance(Turn turn) {
    switch (round.phase) {
      case PREPARING -> {
        if (round.promised.verdict() == Verdict.IMPOSSIBLE) {
          again(turn);
        } else if (round.own != null && (round.isCached() || round.promised.verdict() == Verdict.REACHED)) {
          decide(turn);
        }
      }
      case ACCEPTING -> advanceAcceptance(turn);
      case COMMITTING_HERE, COMMITTING -> advanceCommit(turn);
    }
  }

  /** Applies the change, unless it has been done already. */
  private void decide(Turn turn) {
    round.gather(turn.now().wallMillis());
    if (asked.change() instanceof IntentChange step) {
      decide(step, turn);
      return;
    }
    var done = round.results.find(asked.id());
    if (done.isEmpty() && (round.results.isOver(asked.id()) || round.results.size() >= MAX_RESULTS)) {
      conclude(
          round.results.isOver(asked.id()) ? Refusals.unconfirmed(within(turn)) : Refusals.contention(within(turn)),
          turn);
      return;
    }
    if (done.isEmpty() && round.intent().isPresent()) {
      var intent = round.intent().get();
      round = null;
      stepAside(intent, turn);
      return;
    }
    maySucceed |= done.isEmpty() && round.change(asked, turn);
    if (done.isPresent()) {
      round.keep(done.get());
    }
    acceptUnlessStable(turn);
  }

  private void decide(IntentChange step, Turn turn) {
    boolean mayBeDone = maySucceed;
    maySucceed |= round.change(step, turn);
    if (step instanceof IntentChange.Lock && round.results.size() >= MAX_RESULTS) {
      conclude(Refusals.contention(within(turn)), turn);
    } else if (round.result instanceof IntentResult.Blocked) {
      conclude(outcome(), turn);
    } else if (mayBeDone && step instanceof IntentChange.Conclude && round.result instanceof IntentResult.Aborted) {
      conclude(Refusals.unconfirmed(within(turn)), turn);
    } else {
      acceptUnlessStable(turn);
    }
  }

  private void acceptUnlessStable(Turn turn) {
    if (!buries() && round.isStable(turn.now().wallMillis())) {
      conclude(outcome(), turn);
    } else {
      accept(turn);
    }
  }

  private void accept(Turn turn) {
    round.phase = Round.Phase.ACCEPTING;
    round.next = buries() ? Ballot.NONE : turn.proposer().newBallot(round.ballot, turn.now());
    turn.proposer().watch().onAccept(key(), asked.terms().replicas(), round.results.intents(), turn);
    ask(acceptance(turn), !round.isCached(), turn);
    advanceAcceptance(turn);
  }

  private AcceptorStep acceptance(Turn turn) {
    return new AcceptorStep.Accept(key(), epoch(turn), round.ballot, round.value, round.results, round.next,
        round.isCached());
  }

  private void advanceAcceptance(Turn turn) {
    boolean here = round.accepted.hasSucceeded(replicas.indexOf(turn.self()));
    if (round.accepted.verdict() == Verdict.IMPOSSIBLE || round.isCached() && round.accepted.hasFailed(self(turn))) {
      again(turn);
    } else if (round.isCached() && !here && !round.ownAsked) {
      if (round.accepted.successes() > 0) {
        round.ownAsked = true;
        turn.ask(this, turn.self(), acceptance(turn));
      }
    } else if (round.accepted.verdict() == Verdict.REACHED && (here || !round.isCached())) {
      round.phase = Round.Phase.COMMITTING_HERE;
      turn.dropCalls(this);
      turn.ask(this, turn.self(), new StoreStep.Merge(key(), round.value));
    }
  }

  private int self(Turn turn) {
    return replicas.indexOf(turn.self());
  }

  private void advanceCommit(Turn turn) {
    if (round.committed.verdict() == Verdict.IMPOSSIBLE || round.committed.hasFailed(self(turn))) {
      again(turn);
      return;
    }
    if (round.phase == Round.Phase.COMMITTING_HERE && round.committed.hasSucceeded(self(turn))) {
      round.phase = Round.Phase.COMMITTING;
      ask(new StoreStep.Merge(key(), round.value), false, turn);
    }
    if (round.committed.verdict() == Verdict.REACHED) {
      turn.proposer().keep(key(), new Proposer.Cached(round.next, round.value, round.results));
      conclude(outcome(), turn);
    } else if (round.committed.verdict() == Verdict.IMPOSSIBLE) {
      again(turn);
    }
  }

  private Outcome outcome() {
    return asked.change() instanceof Change.Look
        ? new Outcome.Found(round.value, required, 0)
        : new Outcome.Changed(round.result, round.value.version(), required);
  }

  /** Another round, with a new ballot, when whoever was in the way has had time. A stale cached ballot is nobody's fault, so at once. */
  private void again(Turn turn) {
    boolean atOnce = round.isCached();
    obstacle = Ballot.max(obstacle, round.obstacle);
    round = null;
    turn.dropCalls(this);
    if (atOnce) {
      begin(null, turn);
      return;
    }
    long most = Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(attempts, 10));
    turn.wakeAfter(this, turn.proposer().jitter(most));
  }

  private void conclude(Outcome outcome, Turn turn) {
    turn.reply(this, outcome);
    turn.end(this);
    leave(turn);
  }

  private Outcome unreached(Turn turn) {
    return obstacle.isNone()
        ? Refusals.strongUnanswered(asked.change() instanceof Change.Look ? Reason.READ_LEVEL : Reason.WRITE_LEVEL,
            required, replicas.size(), within(turn))
        : Refusals.contention(within(turn));
  }
}
