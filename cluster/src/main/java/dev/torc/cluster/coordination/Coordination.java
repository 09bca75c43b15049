package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;
import java.util.Arrays;

/**
 * One operation while it is open. It is told what happens and says through the {@link Turn} what is to be done; the {@link Coordinator} keeps it,
 * matches answers to it and wakes it when it is late. Afterwards nothing reaches it any more, so none of these methods needs to ask whether it has ended.
 */
abstract sealed class Coordination
    permits ChangeCoordination, JointCoordination, SettleCoordination, QueuedCoordination, StrongReadCoordination,
    RejoinCoordination, ReadCoordination, BoundedReadCoordination, ExplainCoordination, ConfirmCoordination,
    HoldersCoordination,
    WriteCoordination, KeepExpiryCoordination, ForwardCoordination, ScanCoordination,
    CountCoordination, LocalCoordination, FlushCoordination {
  /** Why a request to a replica brought no answer. */
  enum Failure {
    /** It never left this node. */
    UNDELIVERED,
    /** The connection broke; it may have been carried out. */
    LOST
  }

  private final Sink sink;
  /** 0: as configured. */
  private final long timeoutMillis;
  /** Requests without an answer yet, by id; the first {@code openCalls} count. */
  private long[] calls = new long[4];
  private int openCalls;
  private long id;
  private long endsAtMillis;

  Coordination(Sink sink) {
    this(sink, 0);
  }

  /** @param timeoutMillis until this must have answered; 0: as configured */
  Coordination(Sink sink, long timeoutMillis) {
    this.sink = sink;
    this.timeoutMillis = timeoutMillis;
  }

  abstract void start(Turn turn);

  abstract void onAnswer(NodeId replica, StoreAnswer answer, Turn turn);

  abstract void onFailure(NodeId replica, Failure failure, Turn turn);

  /** After how long {@link #onLate} is wanted; 0: not at all. */
  long lateAfterMillis(Turn turn) {
    return 0;
  }

  /** The time within which an answer was to be expected has passed. */
  void onLate(Turn turn) {}

  /** Whether {@link #onSilence} is wanted. */
  boolean keepsHints() {
    return false;
  }

  /** Whoever has not answered yet is to be stood in for. */
  void onSilence(Turn turn) {}

  /** The time for which this asked ({@link Turn#wakeAfter}) has come. */
  void onWake(Turn turn) {}

  /** The time is up: this must answer now. */
  abstract void onTimeout(Turn turn);

  /** A peer to which a write was forwarded has answered. */
  void onForwarded(Outcome outcome, Turn turn) {}

  /** A part of this operation has ended. */
  void onPart(int number, Outcome outcome, Turn turn) {
    onPart(outcome, turn);
  }

  /** The same where it does not matter which. */
  void onPart(Outcome outcome, Turn turn) {}

  final long timeoutMillis(CoordinatorConfig config) {
    return timeoutMillis == 0 ? config.timeoutMillis() : timeoutMillis;
  }

  /** For the text of a refusal. */
  final String within(Turn turn) {
    return " in " + timeoutMillis(turn.config()) + " ms";
  }

  final long silenceMillis(CoordinatorConfig config) {
    return Math.min(config.hintAfterMillis(), timeoutMillis(config) / 2);
  }

  /** In steady milliseconds. */
  final long endsAtMillis() {
    return endsAtMillis;
  }

  final Sink sink() {
    return sink;
  }

  final long id() {
    return id;
  }

  final void opened(long id, long endsAtMillis) {
    this.id = id;
    this.endsAtMillis = endsAtMillis;
  }

  final void addCall(long call) {
    if (openCalls == calls.length) {
      calls = Arrays.copyOf(calls, openCalls * 2);
    }
    calls[openCalls++] = call;
  }

  final void removeCall(long call) {
    for (int i = 0; i < openCalls; i++) {
      if (calls[i] == call) {
        calls[i] = calls[--openCalls];
        return;
      }
    }
  }

  final int openCalls() {
    return openCalls;
  }

  final long callAt(int index) {
    return calls[index];
  }
}
