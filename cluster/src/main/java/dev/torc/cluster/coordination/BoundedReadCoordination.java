package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;

/**
 * A read whose answer may be only so old. At a quorum or more it is not old at all, and is remembered ({@link Verified}). Below that the level's replicas are
 * asked if an answer of theirs can be young enough, and their answer is taken if it covers what was found then; otherwise a quorum is asked.
 *
 * <p>The complication is a level that counts in one data centre: a quorum of all replicas need not meet it there. So its own replicas are asked in any case, and
 * where a quorum is asked as well the client gets what both hold together.
 */
final class BoundedReadCoordination extends Coordination {
  private final Request.Read read;
  private final long maxStaleMillis;
  private StoredRecord held = StoredRecord.EMPTY;
  private long startedAt;
  private boolean isRaised;

  BoundedReadCoordination(Request.Read read, Sink sink) {
    super(sink, read.terms().timeoutMillis());
    this.read = read;
    this.maxStaleMillis = read.bound().maxStaleMillis();
  }

  @Override
  void start(Turn turn) {
    boolean canDo = read.level().isLocal() || !isBelowQuorum(turn)
        || turn.verified().isWithin(read.key(), turn.now().steadyMillis(), maxStaleMillis);
    ask(canDo ? read.level() : Level.QUORUM, turn);
  }

  @Override
  void onPart(Outcome outcome, Turn turn) {
    if (!(outcome instanceof Outcome.Found found)) {
      conclude(outcome, turn);
      return;
    }
    if (found.staleMillis() == 0) {
      turn.verified().onQuorum(read.key(), startedAt, found.record().version());
    }
    if (found.staleMillis() != Outcome.Found.UNKNOWN_AGE && found.staleMillis() <= maxStaleMillis) {
      conclude(new Outcome.Found(with(found.record()), found.replicas(), found.staleMillis()), turn);
    } else {
      held = found.record();
      ask(Level.QUORUM, turn);
    }
  }

  /** A level that nobody can reach is refused by the read itself. */
  private boolean isBelowQuorum(Turn turn) {
    int replicas = turn.ring().preferenceList(read.key().slot(), read.terms().replicas()).size();
    return Refusals.badLevel(read.terms(), true, turn).isEmpty()
        && read.level().required(replicas) < Level.QUORUM.required(replicas);
  }

  private void ask(Level level, Turn turn) {
    if (isRaised) {
      throw new IllegalStateException("the answer of a quorum is too old for " + read);
    }
    isRaised = level.equals(Level.QUORUM);
    startedAt = turn.now().steadyMillis();
    var replicas = turn.ring().preferenceList(read.key().slot(), read.terms().replicas());
    var part = new Request.Read(read.key(), read.terms().at(level), read.bound());
    turn.open(new ReadCoordination(part, replicas, new Sink.Part(this), turn));
  }

  private StoredRecord with(StoredRecord found) {
    var both = found.merge(held);
    return read.bound().latestOnly() ? both.latestOnly() : both;
  }

  @Override
  void onTimeout(Turn turn) {
    conclude(Refusals.notYoungEnough(maxStaleMillis, within(turn)), turn);
  }

  private void conclude(Outcome outcome, Turn turn) {
    turn.reply(this, outcome);
    turn.end(this);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {}

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {}
}
