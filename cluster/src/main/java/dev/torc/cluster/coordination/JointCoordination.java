package dev.torc.cluster.coordination;

import dev.torc.cluster.change.Commit;
import dev.torc.cluster.change.Intent;
import dev.torc.cluster.change.IntentChange;
import dev.torc.cluster.change.IntentResult;
import dev.torc.cluster.change.Joint;
import dev.torc.cluster.change.TransactionId;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A strong operation on several keys of one slot, at one of their replicas: two-phase commit, in which every step is a strong operation on one key, so that no
 * step is lost with this node.
 *
 * <p>It locks the primary key, then the others; while it holds them all, what it read of them is one state. One step at the primary decides: with it the
 * operation has happened, unless somebody called it off before, for which it would have had to be late. That step is needed even if nothing is to be written:
 * only if the primary was held all along were the others. Then the others get what was written to them, and the client its answer.
 *
 * <p>The complication is others of its kind. It never waits while it holds a key: if one is held by another, it gives back what it has, sees that the other one comes
 * to an end, and begins anew, under a new name, since an attempt once given up may have been called off by anybody. And between the decision and the answer this
 * node may die; then whoever next meets one of the keys finishes it ({@link SettleCoordination}).
 */
final class JointCoordination extends Coordination {
  private static final long FIRST_BACKOFF_MILLIS = 8;
  private static final long LONGEST_BACKOFF_MILLIS = 128;

  private enum Phase {
    LOCKING,
    DECIDING,
    /** It has happened, or nothing is to be written: the other keys are given back, with what they are to hold. */
    SETTLING,
    /** It has not happened, and what it holds is given back. */
    RELEASING,
    /** Whoever was in the way comes to an end. */
    WAITING,
    RESTING
  }

  private final Request.StrongAll asked;
  private final List<Optional<Content>> held;
  /** Keys that are, or may be, held by this attempt. */
  private final boolean[] taken;
  private TransactionId transaction;
  private Phase phase;
  private int outstanding;
  private int attempts;
  private long giveUpSteadyMillis;
  /** Why this attempt ends; empty: it goes on. */
  private Optional<Outcome> refusal = Optional.empty();
  private boolean hasFailed;
  private Intent blocker;
  private Key blocked;
  private Joint.Made made;
  private Outcome answer;

  JointCoordination(Request.StrongAll asked, Sink sink) {
    super(sink, asked.terms().timeoutMillis());
    this.asked = asked;
    this.held = new ArrayList<>(Collections.nCopies(asked.keys().size(), Optional.empty()));
    this.taken = new boolean[asked.keys().size()];
  }

  /** At the first replica that can be reached, which is the same one for all nodes; a peer that forwarded it has seen to that. */
  static Coordination of(Request.StrongAll asked, Sink sink, Turn turn) {
    var replicas = turn.ring().preferenceList(asked.key().slot(), asked.terms().replicas());
    var order = ReplicaOrder.byPreference(replicas, turn);
    if (sink instanceof Sink.Peer || order.live() > 0 && order.at(0).equals(turn.self())) {
      return new JointCoordination(asked, sink);
    }
    long timeout = asked.terms().timeoutMillis() == 0
        ? turn.config().timeoutMillis()
        : asked.terms().timeoutMillis();
    var less = new Terms(asked.terms().level(), asked.terms().replicas(), timeout - timeout / 10);
    return new ForwardCoordination(new Request.StrongAll(asked.keys(), asked.joint(), less), order, sink);
  }

  @Override
  void start(Turn turn) {
    giveUpSteadyMillis = turn.now().steadyMillis() + timeoutMillis(turn.config());
    begin(turn);
  }

  private void begin(Turn turn) {
    attempts++;
    transaction = turn.proposer().newTransaction();
    hasFailed = false;
    blocker = null;
    Arrays.fill(taken, false);
    lock(0, 1, turn);
  }

  /** For half of the time that is left, so that whoever waits for a coordinator that died has time as well. */
  private void lock(int from, int to, Turn turn) {
    phase = Phase.LOCKING;
    outstanding = to - from;
    long deadline = turn.now().wallMillis() + millisLeft(turn) / 2;
    for (int i = from; i < to; i++) {
      taken[i] = true;
      propose(i, new IntentChange.Lock(transaction, asked.key().bytes(), deadline), turn);
    }
  }

  @Override
  void onPart(int number, Outcome outcome, Turn turn) {
    switch (phase) {
      case LOCKING -> onLocked(number, outcome, turn);
      case DECIDING -> onDecided(outcome, turn);
      case SETTLING -> {
        taken[number] &= !(outcome instanceof Outcome.Changed) && made.writes();
        if (--outstanding == 0) {
          onSettled(turn);
        }
      }
      case RELEASING -> {
        if (--outstanding == 0) {
          onReleased(turn);
        }
      }
      case WAITING -> rest(turn);
      case RESTING -> {
      }
    }
  }

  private void onLocked(int number, Outcome outcome, Turn turn) {
    if (outcome instanceof Outcome.Changed changed && changed.result() instanceof IntentResult.Locked locked) {
      held.set(number, locked.held());
    } else {
      hasFailed = true;
      if (outcome instanceof Outcome.Changed changed && changed.result() instanceof IntentResult.Blocked by) {
        blocker = by.by();
        blocked = asked.keys().get(number);
        taken[number] = false;
      } else if (outcome instanceof Outcome.Refused) {
        refusal = Optional.of(outcome);
      }
    }
    if (--outstanding > 0) {
      return;
    }
    if (hasFailed) {
      release(turn);
    } else if (number == 0 && held.size() > 1) {
      lock(1, held.size(), turn);
    } else {
      decide(turn);
    }
  }

  private void decide(Turn turn) {
    phase = Phase.DECIDING;
    made = asked.joint().apply(List.copyOf(held));
    var writes = new ArrayList<Commit.Write>();
    for (int i = 1; i < held.size() && made.writes(); i++) {
      writes.add(new Commit.Write(asked.keys().get(i).bytes(), made.contents().get(i)));
    }
    propose(0, new IntentChange.Conclude(transaction, made.contents().getFirst(), writes), turn);
  }

  private void onDecided(Outcome outcome, Turn turn) {
    if (outcome instanceof Outcome.Changed changed && changed.result() instanceof IntentResult.Committed) {
      answer = new Outcome.Changed(made.result(), changed.version(), changed.replicas());
      taken[0] = false;
      settle(turn);
    } else if (outcome instanceof Outcome.Uncertain && made.writes()) {
      turn.reply(this, outcome);
      turn.end(this);
    } else {
      refusal = outcome instanceof Outcome.Refused ? Optional.of(outcome) : Optional.empty();
      release(turn);
    }
  }

  private void settle(Turn turn) {
    phase = Phase.SETTLING;
    if (isAnyTaken()) {
      giveBack(made.contents(), turn);
    } else {
      onSettled(turn);
    }
  }

  private void onSettled(Turn turn) {
    if (isAnyTaken()) {
      turn.wakeAfter(this, turn.proposer().jitter(FIRST_BACKOFF_MILLIS));
      return;
    }
    turn.reply(this, answer);
    turn.end(this);
    if (made.writes()) {
      SettleCoordination.propose(asked.key(), new IntentChange.Forget(transaction), asked.terms(), new Sink.Nobody(),
          turn);
    }
  }

  private void release(Turn turn) {
    phase = Phase.RELEASING;
    if (isAnyTaken()) {
      giveBack(Collections.nCopies(taken.length, Optional.empty()), turn);
    } else {
      onReleased(turn);
    }
  }

  /** @param contents what each is to hold; empty: what it has */
  private void giveBack(List<Optional<Content>> contents, Turn turn) {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < taken.length; i++) {
      if (taken[i]) {
        places.add(i);
      }
    }
    outstanding = places.size();
    for (int i : places) {
      propose(i, new IntentChange.Settle(transaction, contents.get(i)), turn);
    }
  }

  private void onReleased(Turn turn) {
    if (refusal.isPresent()) {
      turn.reply(this, refusal.get());
      turn.end(this);
    } else if (blocker != null) {
      phase = Phase.WAITING;
      turn.open(new SettleCoordination(blocked, blocker, false, terms(turn), new Sink.Part(this)));
    } else {
      rest(turn);
    }
  }

  private void rest(Turn turn) {
    phase = Phase.RESTING;
    long most = Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(attempts, 10));
    turn.wakeAfter(this, turn.proposer().jitter(most));
  }

  @Override
  void onWake(Turn turn) {
    switch (phase) {
      case RESTING -> begin(turn);
      case SETTLING -> settle(turn);
      case LOCKING, DECIDING, RELEASING, WAITING -> {
      }
    }
  }

  @Override
  void onTimeout(Turn turn) {
    boolean mayBeDone = (phase == Phase.DECIDING || phase == Phase.SETTLING) && made.writes();
    turn.reply(this, mayBeDone
        ? new Outcome.Uncertain("not all keys were confirmed" + within(turn) + ", the operation may be applied")
        : Refusals.contention(within(turn)));
    turn.end(this);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {}

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {}

  private boolean isAnyTaken() {
    for (boolean it : taken) {
      if (it) {
        return true;
      }
    }
    return false;
  }

  private void propose(int place, IntentChange change, Turn turn) {
    SettleCoordination.propose(asked.keys().get(place), change, terms(turn), new Sink.Part(this, place), turn);
  }

  private Terms terms(Turn turn) {
    return new Terms(Level.STRONG, asked.terms().replicas(), millisLeft(turn));
  }

  private long millisLeft(Turn turn) {
    return Math.max(1, giveUpSteadyMillis - turn.now().steadyMillis());
  }
}
