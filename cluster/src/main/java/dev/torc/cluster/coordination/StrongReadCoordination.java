package dev.torc.cluster.coordination;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.StoreAnswer;

/**
 * A linearizable read. If a majority accepted the same value in the same round and holds just that as its record, the value was chosen and nothing came since,
 * and it is the answer, after one round trip and without a write. Otherwise, and while a strong write is under way, it becomes a strong operation that changes
 * nothing. The record counts as much as the accepted value: one that was accepted by a majority but not yet committed by one could
 * still be missed by the next quorum read.
 */
final class StrongReadCoordination extends Coordination {
  private final Request.Read read;
  private final ReplicaOrder order;
  private final int required;
  private final AcceptorAnswer.Queried[] answers;
  private int asked;
  private int settled;
  /** By place. */
  private long waitedFor;
  private long startedAt;

  StrongReadCoordination(Request.Read read, ReplicaOrder order, Sink sink) {
    super(sink, read.terms().timeoutMillis());
    this.read = read;
    this.order = order;
    this.required = read.level().required(order.size());
    this.answers = new AcceptorAnswer.Queried[order.size()];
  }

  @Override
  void start(Turn turn) {
    if (order.live() < required) {
      turn.reply(this, Refusals.readLevel(read.level(), required, order.live(), order.size()));
      turn.end(this);
      return;
    }
    startedAt = turn.now().steadyMillis();
    while (asked < required) {
      askNext(turn);
    }
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    waitedFor &= ~(1L << order.indexOf(replica));
    if (answer instanceof AcceptorAnswer.Queried queried) {
      answers[order.indexOf(replica)] = queried;
    } else if (answer instanceof AcceptorAnswer.Abstained && replica.equals(turn.self())) {
      RejoinCoordination.open(read.key(), epoch(turn), turn);
    }
    onSettled(turn);
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    waitedFor &= ~(1L << order.indexOf(replica));
    onSettled(turn);
  }

  @Override
  long lateAfterMillis(Turn turn) {
    return order.live() > required ? order.untilLateMillis(required, turn) : 0;
  }

  @Override
  void onLate(Turn turn) {
    long left = order.untilLateMillis(waitedFor, turn.now().steadyMillis() - startedAt, turn);
    if (left > 0 && left < Long.MAX_VALUE) {
      turn.lateAfter(this, left);
      return;
    }
    while (asked < order.live()) {
      askNext(turn);
    }
  }

  @Override
  void onTimeout(Turn turn) {
    turn.reply(this, Refusals.readAnswers(read.level(), required, answered(), within(turn)));
    turn.end(this);
  }

  private Epoch epoch(Turn turn) {
    return new Epoch(turn.ring().digest(), read.terms().replicas());
  }

  private void askNext(Turn turn) {
    waitedFor |= 1L << asked;
    turn.ask(this, order.at(asked++), new AcceptorStep.Query(read.key(), epoch(turn)));
  }

  private void onSettled(Turn turn) {
    settled++;
    var agreed = agreed(turn.now().wallMillis());
    if (agreed != null) {
      turn.announce(Event.STRONG_READ_AT_ONCE);
      turn.reply(this, new Outcome.Found(agreed.held(), required, 0));
      turn.end(this);
    } else if (settled == asked && asked < order.live()) {
      askNext(turn);
    } else if (settled == asked) {
      turn.open(new ChangeCoordination(new Request.Strong(read.key(), new Change.Look(), read.terms()), sink()));
      turn.end(this);
    }
  }

  /** The answer that a majority gave; null if there is none. */
  private AcceptorAnswer.Queried agreed(long wallMillis) {
    for (var one : answers) {
      int same = 0;
      for (var other : answers) {
        same += one != null && other != null && one.accepted().equals(other.accepted())
            && isCommitted(one, wallMillis) && isCommitted(other, wallMillis) ? 1 : 0;
      }
      if (same >= required) {
        return one;
      }
    }
    return null;
  }

  private static boolean isCommitted(AcceptorAnswer.Queried answer, long wallMillis) {
    return !answer.isHeld()
        && answer.held().collapseExpired(wallMillis).equals(answer.value().collapseExpired(wallMillis));
  }

  private int answered() {
    int answered = 0;
    for (var answer : answers) {
      answered += answer == null ? 0 : 1;
    }
    return answered;
  }
}
