package dev.torc.cluster.coordination;

import dev.torc.cluster.change.Intent;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.storage.Key;

/**
 * An operation that proposes for a key: one of this node's at a time, so that they do not get into each other's way. If it finds the key held by an operation on several
 * keys it steps aside, out of the line, since that one needs the line to come to an end.
 */
abstract sealed class QueuedCoordination extends Coordination permits StrongCoordination {
  private enum Place {
    OUTSIDE,
    WAITING,
    FIRST
  }

  private final Key key;
  private final Terms terms;
  private Place place = Place.OUTSIDE;

  QueuedCoordination(Key key, Terms terms, Sink sink) {
    super(sink, terms.timeoutMillis());
    this.key = key;
    this.terms = terms;
  }

  final Key key() {
    return key;
  }

  /** Who the acceptors are. */
  final Epoch epoch(Turn turn) {
    return new Epoch(turn.ring().digest(), terms.replicas());
  }

  /** Its turn has come. */
  abstract void onTurn(Turn turn);

  final boolean isFirst() { return place == Place.FIRST; }

  final void enter(Turn turn) {
    if (turn.proposer().enter(key, this)) {
      onFirst(turn);
    } else {
      place = Place.WAITING;
    }
  }

  /** Those before it in the line have left. */
  final void onFirst(Turn turn) {
    place = Place.FIRST;
    onTurn(turn);
  }

  /** Wherever it stands. */
  final void leave(Turn turn) {
    var left = place;
    place = Place.OUTSIDE;
    switch (left) {
      case OUTSIDE -> {
      }
      case WAITING -> turn.proposer().giveUp(key, this);
      case FIRST -> {
        var next = turn.proposer().leave(key);
        if (next != null) {
          next.onFirst(turn);
        }
      }
    }
  }

  /** What holds the key comes to an end, at this node if nobody else does it, before this goes on. */
  final void stepAside(Intent intent, Turn turn) {
    turn.dropCalls(this);
    leave(turn);
    turn.open(new SettleCoordination(key, intent, false, terms, new Sink.Part(this)));
  }

  /** It has, or took too long. */
  @Override
  final void onPart(Outcome outcome, Turn turn) {
    enter(turn);
  }
}
