package dev.torc.cluster.coordination;

import dev.torc.cluster.change.Commit;
import dev.torc.cluster.change.Intent;
import dev.torc.cluster.change.IntentChange;
import dev.torc.cluster.change.IntentResult;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.version.VersionVector;
import java.util.List;
import java.util.Optional;

/**
 * Brings to an end what an operation on several keys has left at a key, at a replica of that key. How the operation stands is asked at its primary: if it has
 * happened, the key gets what was written to it; if it was called off, or its time is over, which calls it off, the key is given back as it is; else it is asked
 * again a little later. All of that may go on at several nodes at once, the operation's own coordinator among them: each step comes to the same
 * however often it is done.
 */
final class SettleCoordination extends Coordination {
  private static final long FIRST_BACKOFF_MILLIS = 8;
  private static final long LONGEST_BACKOFF_MILLIS = 128;

  private final Key key;
  private final Intent intent;
  /** Whether all its keys are settled, so that its commit need not be kept any longer. */
  private final boolean isWhole;
  private final Terms terms;
  private boolean isResolved;
  private boolean hasHappened;
  private boolean hasFailed;
  private int outstanding;
  private int attempts;

  SettleCoordination(Key key, Intent intent, boolean isWhole, Terms terms, Sink sink) {
    super(sink, terms.timeoutMillis());
    this.key = key;
    this.intent = intent;
    this.isWhole = isWhole;
    this.terms = terms;
  }

  /** Has this node propose a step of an operation on several keys. */
  static void propose(Key key, IntentChange change, Terms terms, Sink sink, Turn turn) {
    var id = new OperationId(change.transaction().process(), change.transaction().number());
    var replicas = turn.ring().preferenceList(key.slot(), terms.replicas());
    turn.open(new StrongCoordination(new Request.Propose(key, change, id, 0, terms), replicas, sink));
  }

  @Override
  void start(Turn turn) {
    attempts++;
    isResolved = false;
    hasFailed = false;
    propose(Key.of(intent.primary()), new IntentChange.Resolve(intent.transaction()), terms, new Sink.Part(this), turn);
  }

  @Override
  void onPart(Outcome outcome, Turn turn) {
    if (!isResolved) {
      onResolved(outcome, turn);
      return;
    }
    hasFailed |= !(outcome instanceof Outcome.Changed);
    if (--outstanding == 0) {
      onSettled(turn);
    }
  }

  private void onResolved(Outcome outcome, Turn turn) {
    if (!(outcome instanceof Outcome.Changed changed)) {
      again(turn);
    } else if (changed.result() instanceof IntentResult.Committed committed) {
      hasHappened = true;
      settle(isWhole ? committed.writes() : committed.writes().stream().filter(this::isHere).toList(), turn);
    } else if (changed.result() instanceof IntentResult.Aborted) {
      hasHappened = false;
      settle(key.bytes().equals(intent.primary())
          ? List.of()
          : List.of(new Commit.Write(key.bytes(), Optional.empty())), turn);
    } else {
      again(turn);
    }
  }

  private boolean isHere(Commit.Write write) {
    return write.key().equals(key.bytes());
  }

  private void settle(List<Commit.Write> writes, Turn turn) {
    isResolved = true;
    outstanding = writes.size();
    for (var write : writes) {
      var step = new IntentChange.Settle(intent.transaction(), write.content());
      propose(Key.of(write.key()), step, terms, new Sink.Part(this), turn);
    }
    if (writes.isEmpty()) {
      onSettled(turn);
    }
  }

  private void onSettled(Turn turn) {
    if (hasFailed) {
      again(turn);
      return;
    }
    turn.proposer().watch().onSettled(key, intent);
    if (isWhole && hasHappened) {
      propose(Key.of(intent.primary()), new IntentChange.Forget(intent.transaction()), terms, new Sink.Nobody(), turn);
    }
    turn.reply(this, new Outcome.Changed(new IntentResult.Settled(), VersionVector.EMPTY, 0));
    turn.end(this);
  }

  private void again(Turn turn) {
    long most = Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(attempts, 10));
    turn.wakeAfter(this, most / 2 + turn.proposer().jitter(most / 2));
  }

  @Override
  void onWake(Turn turn) {
    start(turn);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {}

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {}

  @Override
  void onTimeout(Turn turn) {
    turn.reply(this, Refusals.contention(within(turn)));
    turn.end(this);
  }
}
