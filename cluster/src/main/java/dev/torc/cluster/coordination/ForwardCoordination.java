package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;

/**
 * A write that came to a node which does not hold the key, or whose own disk is slow, or an operation on several keys that another replica is to carry out: it goes to a replica, the first that can be reached, and that one
 * coordinates it. To the next one only if it surely never left; once it is on the way, another try could apply it twice, between somebody else's writes.
 */
final class ForwardCoordination extends Coordination {
  private final Request.ToReplica asked;
  private final ReplicaOrder order;
  private int tried;

  ForwardCoordination(Request.ToReplica asked, ReplicaOrder order, Sink sink) {
    super(sink, asked.terms().timeoutMillis());
    this.asked = asked;
    this.order = order;
  }

  @Override
  void start(Turn turn) {
    var refusal = Refusals.badLevel(asked.terms(), false, turn);
    if (refusal.isPresent() || order.size() == 0) {
      turn.reply(this, refusal.orElseGet(() -> Refusals.nothingLocal(Reason.WRITE_LEVEL, turn)));
      turn.end(this);
      return;
    }
    if (tried < order.live()) {
      go(order.at(tried++), turn);
      return;
    }
    if (asked instanceof Request.Write write && write.level().countsHints() && StandIns.isMember(turn)) {
      turn.open(Operations.coordinated(write, sink(), turn));
      turn.end(this);
      return;
    }
    int required = asked.terms().level().required(order.size());
    turn.reply(this, Refusals.writeLevel(asked.terms().level(), required, 0, order.size()));
    turn.end(this);
  }

  /** This node itself comes in its place among the replicas: of an operation on several keys, or, slow as it is, behind those that could not be reached after all. */
  private void go(NodeId replica, Turn turn) {
    if (replica.equals(turn.self()) && asked instanceof Request.StrongAll all) {
      turn.open(new JointCoordination(all, sink()));
      turn.end(this);
    } else if (replica.equals(turn.self()) && asked instanceof Request.Write write) {
      turn.open(Operations.coordinated(write, sink(), turn));
      turn.end(this);
    } else {
      turn.forward(this, replica, asked);
    }
  }

  @Override
  void onForwarded(Outcome outcome, Turn turn) {
    turn.reply(this, outcome);
    turn.end(this);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    if (answer instanceof StoreAnswer.Failed failed) {
      turn.reply(this, Refusals.of(failed));
      turn.end(this);
    }
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    switch (failure) {
      case UNDELIVERED -> start(turn);
      case LOST -> {
        turn.reply(this,
            new Outcome.Uncertain("the connection to the coordinating replica broke, the write may be applied"));
        turn.end(this);
      }
    }
  }

  @Override
  void onTimeout(Turn turn) {
    turn.reply(this, new Outcome.Uncertain(
        "the coordinating replica did not answer" + within(turn) + ", the write may be applied"));
    turn.end(this);
  }
}
