package dev.torc.cluster.coordination;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.protocol.command.Level;

/**
 * A client's strong operation, at the node to which the client spoke: gives it an id and hands it to the first replica of the key that can be reached and is not
 * slow, which is nearly always the same one for all nodes, so that operations on one key seldom get into each other's way. If that one is lost on the way,
 * or has nothing to say for a third of the time, or no answer for two, the next replica gets it under the same id: what was done already is not done again, but answered.
 *
 * <p>The complication: the first one may only be slow, and do it when the client was answered long ago. So whoever is asked next keeps the result in any case,
 * also that nothing was to change, for the slow one to find. The first one's own answer, if it comes after all, is not to be trusted any more: what
 * it says that it left unchanged is written nowhere, and another may change it yet.
 */
final class ChangeCoordination extends Coordination {
  private static final int PATIENCE_PARTS = 3;

  private final Request.Strong asked;
  private OperationId id;
  private ReplicaOrder order;
  private long startedAt;
  private int tried;
  /** Attempts that may be answered yet, of those that count. */
  private int underWay;
  /** Attempts before this one do not count. */
  private int firstThatCounts;
  private int wakes;
  /** The latest attempt, if it is this node's own. */
  private StrongCoordination here;
  private boolean maySucceed;

  ChangeCoordination(Request.Strong asked, Sink sink) {
    super(sink, asked.terms().timeoutMillis());
    this.asked = asked;
  }

  @Override
  void start(Turn turn) {
    if (asked.change().after().greatestHlc() > turn.furthestHlc()) {
      turn.reply(this, new Outcome.Refused(Reason.BAD_CONTEXT,
          "the context is further ahead than the clocks may differ"));
      turn.end(this);
      return;
    }
    var replicas = turn.ring().preferenceList(asked.key().slot(), asked.terms().replicas());
    id = turn.proposer().open();
    order = ReplicaOrder.byPreference(replicas, turn);
    startedAt = turn.now().steadyMillis();
    turn.wakeAfter(this, timeoutMillis(turn.config()) / PATIENCE_PARTS);
    tryNext(null, turn);
  }

  @Override
  void onForwarded(Outcome outcome, Turn turn) {
    onTried(outcome, turn);
  }

  @Override
  void onPart(int number, Outcome outcome, Turn turn) {
    if (number >= firstThatCounts) {
      onTried(outcome, turn);
    }
  }

  /** A peer's answer to something that it was not asked: that it came too late, or is no answer at all. */
  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    onFailure(replica, Failure.LOST, turn);
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    underWay--;
    maySucceed |= failure == Failure.LOST;
    tryNext(null, turn);
  }

  @Override
  void onWake(Turn turn) {
    if (++wakes < PATIENCE_PARTS - 1) {
      turn.wakeAfter(this, timeoutMillis(turn.config()) / PATIENCE_PARTS);
    }
    boolean isLate = wakes == PATIENCE_PARTS - 1 || turn.isSlow(order.at(tried - 1));
    boolean waitsInLine = here != null && !here.isFirst();
    if (isLate && !waitsInLine && tried < order.live() && remainingMillis(turn) > 0) {
      handOn(turn);
    }
  }

  private void handOn(Turn turn) {
    turn.announce(Event.STRONG_HANDED_ON);
    if (!maySucceed) {
      turn.dropCalls(this);
      underWay = 0;
      firstThatCounts = tried;
    }
    maySucceed = true;
    tryNext(null, turn);
  }

  @Override
  void onTimeout(Turn turn) {
    conclude(doubtful("no answer" + within(turn) + " from the replica that carries it out"),
        turn);
  }

  /** A little less time than the client gives, so that the verdict of whoever carries it out comes before the time is up. */
  private Terms terms(Turn turn) {
    return new Terms(asked.terms().level(), asked.terms().replicas(), Math.max(1, remainingMillis(turn)));
  }

  private long remainingMillis(Turn turn) {
    long timeout = timeoutMillis(turn.config());
    return timeout - timeout / 10 - (turn.now().steadyMillis() - startedAt);
  }

  /** What a replica refused for reasons of its own another may do; also one that reaches too few of the others. */
  private void onTried(Outcome outcome, Turn turn) {
    underWay--;
    if (remainingMillis(turn) > 0 && outcome instanceof Outcome.Refused refused && switch (refused.reason()) {
      case BUSY, LOADING, DISK, CLOCK, READ_LEVEL, WRITE_LEVEL -> true;
      case BAD_CONTEXT, BAD_LEVEL, SIBLINGS, CONTENTION -> false;
    }) {
      tryNext(outcome, turn);
    } else {
      conclude(maySucceed && outcome instanceof Outcome.Refused refused
          ? doubtful("the replica that carried it out was lost, and the next says: " + refused.detail())
          : outcome, turn);
    }
  }

  /** @param refused why the last one did not; null: it could not be reached */
  private void tryNext(Outcome refused, Turn turn) {
    if (tried == order.live()) {
      if (underWay == 0) {
        onNobodyLeft(refused, turn);
      }
      return;
    }
    var replica = order.at(tried);
    var propose = new Request.Propose(asked.key(), asked.change(), id, turn.proposer().lowestOpen(),
        maySucceed && !(asked.change() instanceof Change.Look), terms(turn));
    var sink = new Sink.Part(this, tried);
    tried++;
    underWay++;
    if (replica.equals(turn.self())) {
      var replicas = turn.ring().preferenceList(asked.key().slot(), asked.terms().replicas());
      here = new StrongCoordination(propose, replicas, sink);
      turn.open(here);
    } else {
      here = null;
      turn.forward(this, replica, propose);
    }
  }

  private void onNobodyLeft(Outcome refused, Turn turn) {
    int required = Level.STRONG.required(order.size());
    conclude(maySucceed
        ? doubtful("the replica that carried it out was lost")
        : refused != null ? refused : Refusals.writeLevel(Level.STRONG, required, order.live(), order.size()), turn);
  }

  /** A read has no outcome that could be in doubt. */
  private Outcome doubtful(String why) {
    return asked.change() instanceof Change.Look
        ? new Outcome.Refused(Reason.READ_LEVEL, "strong read: " + why)
        : new Outcome.Uncertain(why + "; the change may be applied");
  }

  private void conclude(Outcome outcome, Turn turn) {
    turn.proposer().close(id);
    if (outcome instanceof Outcome.Refused refused && refused.reason() == Reason.CONTENTION) {
      turn.announce(Event.STRONG_CONTENTION);
    }
    turn.reply(this, outcome);
    turn.end(this);
  }
}
