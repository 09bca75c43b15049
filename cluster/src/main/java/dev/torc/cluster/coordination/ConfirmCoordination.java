package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;

/** On how many replicas each of several writes is: the smallest figure. Each is seen to by itself ({@link HoldersCoordination}). */
final class ConfirmCoordination extends Coordination {
  /** The parts end in time, each by itself, and this one after them. */
  private static final long GRACE_MILLIS = 1_000;

  private final Request.Confirm confirm;
  private int missing;
  private int others = Integer.MAX_VALUE;
  private boolean self = true;
  private boolean isAll = true;

  ConfirmCoordination(Request.Confirm confirm, Sink sink) {
    super(sink, confirm.timeoutMillis() + GRACE_MILLIS);
    this.confirm = confirm;
  }

  @Override
  void start(Turn turn) {
    missing = confirm.writes().size();
    if (missing == 0) {
      int replicas = Math.min(turn.ring().replicas(), turn.ring().members().size());
      turn.reply(this, new Outcome.Confirmed(replicas - 1, true, true));
      turn.end(this);
    }
    for (var write : confirm.writes()) {
      turn.open(new HoldersCoordination(write, confirm, new Sink.Part(this)));
    }
  }

  @Override
  void onPart(Outcome outcome, Turn turn) {
    if (outcome instanceof Outcome.Confirmed confirmed) {
      others = Math.min(others, confirmed.others());
      self &= confirmed.self();
      isAll &= confirmed.isAll();
    }
    if (--missing == 0) {
      turn.reply(this, new Outcome.Confirmed(others, self, isAll));
      turn.end(this);
    }
  }

  @Override
  void onTimeout(Turn turn) {
    turn.reply(this, new Outcome.Confirmed(0, false, false));
    turn.end(this);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {}

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {}
}
