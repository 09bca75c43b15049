package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Before;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import java.util.Optional;

/**
 * A quorum write. Only a replica mints dots, so its own store comes first: it stamps the write and gives back the whole record, which then goes to
 * all other replicas at once, as a merge. W acknowledgements, the own one among them, answer the client; the rest still arrive.
 *
 * <p>The complication is what to say when W is not reached. Before the first step anything can be refused in good conscience. After it the write
 * exists, and somebody may have read it: the honest answer is {@code Uncertain}, never an error that invites a retry, and never a roll-back, which in a
 * leaderless store would be just another concurrent write. (Dynamo, DeCandia et al. 2007, section 4.5.)
 */
final class WriteCoordination extends Coordination {
  private final Request.Write write;
  private final PreferenceList replicas;
  /** Those whose acknowledgement counts: at a local level the ones in this data centre. The write goes to all. */
  private final PreferenceList counting;
  private final Quorum quorum;
  private Dot dot;
  private Context context = Context.NOTHING;
  private Before before = Before.NOTHING;

  WriteCoordination(Request.Write write, PreferenceList replicas, Sink sink, Turn turn) {
    super(sink, write.terms().timeoutMillis());
    this.write = write;
    this.replicas = replicas;
    this.counting = write.level().isLocal() ? ReplicaOrder.local(replicas, turn) : replicas;
    this.quorum = new Quorum(write.level().required(counting.size()), counting.size());
  }

  @Override
  void start(Turn turn) {
    int live = 0;
    for (var replica : counting.nodes()) {
      live += turn.isLive(replica) ? 1 : 0;
    }
    var refusal = Refusals.badLevel(write.terms(), false, turn);
    if (refusal.isPresent() || live < quorum.required()) {
      int reached = live;
      turn.reply(this, refusal.orElseGet(
          () -> Refusals.writeLevel(write.level(), quorum.required(), reached, counting.size())));
      turn.end(this);
      return;
    }
    turn.ask(this, turn.self(), new StoreStep.Put(write.key(), write.content(), write.causality(), turn.seenHlc()));
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    switch (answer) {
      case StoreAnswer.Stored stored -> onStored(stored, turn);
      case StoreAnswer.Merged merged -> onAcknowledged(replica, merged.before(), turn);
      case StoreAnswer.Failed failed -> onRefusal(replica, failed, turn);
      case StoreAnswer.Held other -> onFailure(replica, Failure.LOST, turn);
      case StoreAnswer.HeldVersion other -> onFailure(replica, Failure.LOST, turn);
      case StoreAnswer.Page other -> onFailure(replica, Failure.LOST, turn);
      case StoreAnswer.Counted other -> onFailure(replica, Failure.LOST, turn);
      case AcceptorAnswer other -> onFailure(replica, Failure.LOST, turn);
      case StoreAnswer.Confirmed other -> onFailure(replica, Failure.LOST, turn);
    }
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    failed(replica);
    conclude(turn);
  }

  @Override
  void onTimeout(Turn turn) {
    turn.reply(this, uncertain(within(turn)));
    turn.end(this);
  }

  private void onStored(StoreAnswer.Stored stored, Turn turn) {
    dot = stored.dot();
    before = stored.before();
    context = contextAfter(stored);
    acknowledged(turn.self());
    var merge = new StoreStep.Merge(write.key(), stored.record());
    for (var replica : replicas.nodes()) {
      if (!replica.equals(turn.self())) {
        if (turn.isLive(replica)) {
          turn.ask(this, replica, merge);
        } else {
          failed(replica);
        }
      }
    }
    conclude(turn);
  }

  /** With siblings left that the writer has not seen, it has seen no more than before, and its own write. */
  private Context contextAfter(StoreAnswer.Stored stored) {
    var causality = write.causality();
    if (stored.record().siblings().size() == 1 || causality.context().isEmpty()) {
      return Context.of(stored.record().version());
    }
    var past = causality.context().get().version().merge(causality.seen().version());
    return past.covers(dot) ? Context.of(past) : new Context(past, Optional.of(dot));
  }

  private void onAcknowledged(NodeId replica, Before heldBefore, Turn turn) {
    before = before.or(heldBefore);
    acknowledged(replica);
    conclude(turn);
  }

  private void acknowledged(NodeId replica) {
    int place = counting.indexOf(replica);
    if (place >= 0) {
      quorum.onSuccess(place);
    }
  }

  private void failed(NodeId replica) {
    int place = counting.indexOf(replica);
    if (place >= 0) {
      quorum.onFailure(place);
    }
  }

  private void onRefusal(NodeId replica, StoreAnswer.Failed failed, Turn turn) {
    if (dot == null) {
      turn.reply(this, failed.cause() == StoreAnswer.Cause.COMMIT ? halfWritten(failed) : Refusals.of(failed));
      turn.end(this);
      return;
    }
    onFailure(replica, Failure.LOST, turn);
  }

  private static Outcome halfWritten(StoreAnswer.Failed failed) {
    return new Outcome.Uncertain(
        "the disk failed while the write was under way, it may be applied: " + failed.reason());
  }

  private void conclude(Turn turn) {
    switch (quorum.verdict()) {
      case PENDING -> {
      }
      case REACHED -> {
        turn.reply(this, new Outcome.Written(dot, before.isLive(), context, quorum.successes()));
        turn.end(this);
      }
      case IMPOSSIBLE -> {
        turn.reply(this, uncertain(""));
        turn.end(this);
      }
    }
  }

  private Outcome uncertain(String within) {
    return new Outcome.Uncertain(
        quorum.successes() + " of " + quorum.required() + " acknowledged" + within + ", the write may be applied");
  }
}
