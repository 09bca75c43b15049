package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.command.Level;
import java.util.List;

/**
 * {@code FLUSHALL}: a scan of the whole cluster, page by page, each key of which is deleted like any other, by a quorum write of a tombstone. Slower than
 * dropping files, and the only way in which a replica that is away cannot bring everything back to life when it returns.
 */
final class FlushCoordination extends Coordination {
  private static final int PAGE = 256;
  private static final List<SlotRange> ALL = List.of(new SlotRange(0, Slot.COUNT - 1));

  private final Level level;
  private ScanPoint next = ScanPoint.START;
  private int deleting;
  private Outcome trouble;

  FlushCoordination(Level level, Sink sink) {
    super(sink);
    this.level = level;
  }

  @Override
  void start(Turn turn) {
    turn.open(new ScanCoordination(new Request.Scan(ALL, next, PAGE), new Sink.Part(this)));
  }

  @Override
  void onPart(Outcome outcome, Turn turn) {
    switch (outcome) {
      case Outcome.Listed listed -> onPage(listed, turn);
      case Outcome.Written written -> onDeleted(turn);
      case Outcome.Refused refused -> onTrouble(refused, turn);
      case Outcome.Uncertain uncertain -> onTrouble(uncertain, turn);
      case Outcome.Found other -> throw new IllegalStateException("a flush reads nothing: " + other);
      case Outcome.Changed other -> throw new IllegalStateException("a flush changes nothing: " + other);
      case Outcome.Counted other -> throw new IllegalStateException("a flush counts nothing: " + other);
      case Outcome.Explained other -> throw new IllegalStateException("a flush explains nothing: " + other);
      case Outcome.Confirmed other -> throw new IllegalStateException("a flush confirms nothing: " + other);
      case Outcome.Flushed other -> throw new IllegalStateException("a flush within a flush");
    }
  }

  private void onPage(Outcome.Listed listed, Turn turn) {
    next = listed.next();
    deleting = listed.keys().size();
    for (var key : listed.keys()) {
      var delete = Request.Write.blind(Key.of(key), Content.TOMBSTONE, level);
      turn.open(Operations.writeOf(delete, new Sink.Part(this), turn));
    }
    if (listed.keys().isEmpty()) {
      goOn(turn);
    }
  }

  private void onDeleted(Turn turn) {
    if (--deleting == 0) {
      goOn(turn);
    }
  }

  private void onTrouble(Outcome outcome, Turn turn) {
    trouble = outcome;
    deleting = Math.max(0, deleting - 1);
    if (deleting == 0) {
      goOn(turn);
    }
  }

  private void goOn(Turn turn) {
    if (trouble == null && !next.isEnd()) {
      start(turn);
      return;
    }
    turn.reply(this, trouble == null ? new Outcome.Flushed() : unfinished());
    turn.end(this);
  }

  /** Some keys are gone by now, so "refused", which says that nothing was applied, would not be true. */
  private Outcome unfinished() {
    var detail = switch (trouble) {
      case Outcome.Refused refused -> refused.detail();
      case Outcome.Uncertain uncertain -> uncertain.detail();
      default -> trouble.toString();
    };
    return new Outcome.Uncertain("not all keys were deleted: " + detail);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {}

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {}

  @Override
  void onTimeout(Turn turn) {}
}
