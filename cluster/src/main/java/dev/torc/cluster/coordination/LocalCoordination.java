package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/** A question to this node's own store alone: how many keys it holds, or which. */
final class LocalCoordination extends Coordination {
  private final StoreStep step;
  private final List<Bytes> keys = new ArrayList<>();

  LocalCoordination(StoreStep step, Sink sink) {
    super(sink);
    this.step = step;
  }

  @Override
  void start(Turn turn) {
    turn.ask(this, turn.self(), step);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    switch (answer) {
      case StoreAnswer.Counted counted -> conclude(new Outcome.Counted(counted.keys()), turn);
      case StoreAnswer.Page page -> onPage(page, turn);
      case StoreAnswer.Failed failed -> conclude(Refusals.of(failed), turn);
      case StoreAnswer.Held other -> throw new IllegalStateException("a store answered a scan with " + other);
      case StoreAnswer.HeldVersion other -> throw new IllegalStateException("a store answered a scan with " + other);
      case StoreAnswer.Stored other -> throw new IllegalStateException("a store answered a scan with " + other);
      case AcceptorAnswer other -> throw new IllegalStateException("a store answered a scan with " + other);
      case HintAnswer other -> throw new IllegalStateException("a store answered a scan with " + other);
      case TreeAnswer other -> throw new IllegalStateException("a store answered a scan with " + other);
      case StoreAnswer.Partly partly -> onAnswer(replica, partly.told(), turn);
      case SlotAnswer other -> throw new IllegalStateException("a store answered a scan with " + other);
      case StoreAnswer.Confirmed other -> throw new IllegalStateException("a store answered a scan with " + other);
      case ReapAnswer other -> throw new IllegalStateException("a store answered a scan with " + other);
      case StoreAnswer.Merged other -> throw new IllegalStateException("a store answered a scan with " + other);
    }
  }

  /** A page may be short without being the last. */
  private void onPage(StoreAnswer.Page page, Turn turn) {
    keys.addAll(page.keys());
    if (step instanceof StoreStep.Scan scan && keys.size() < scan.limit() && !page.next().isEnd()) {
      turn.ask(this, turn.self(), new StoreStep.Scan(scan.ranges(), page.next(), scan.limit()));
    } else {
      conclude(new Outcome.Listed(List.copyOf(keys), page.next().isEnd() ? ScanPoint.END : page.next()), turn);
    }
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    conclude(new Outcome.Refused(Reason.BUSY, "this node's store takes no more at the moment"), turn);
  }

  @Override
  void onTimeout(Turn turn) {
    conclude(new Outcome.Refused(Reason.BUSY,
        "this node's store did not answer" + within(turn)), turn);
  }

  private void conclude(Outcome outcome, Turn turn) {
    turn.reply(this, outcome);
    turn.end(this);
  }
}
