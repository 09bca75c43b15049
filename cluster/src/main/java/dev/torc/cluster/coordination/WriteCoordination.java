package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Before;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.protocol.command.Level;
import java.util.Optional;

/**
 * A quorum write. Only a replica mints dots, so its own store comes first: it stamps the write and gives back the whole record, which then goes to
 * all other replicas at once, as a merge. W acknowledgements, the own one among them, answer the client; the rest still arrive.
 *
 * <p>A context may name a single write that this replica has not seen yet. Then a quorum is read for it, what is found is taken in here, and the
 * write begins anew, once.
 *
 * <p>The complication is what to say when W is not reached. Before the first step anything can be refused in good conscience. After it the write
 * exists, and somebody may have read it: the honest answer is {@code Uncertain}, never an error that invites a retry, and never a roll-back, which in a
 * leaderless store would be just another concurrent write.
 *
 * <p>What becomes of the write at replicas that it did not reach is {@link Placing}'s: somebody else holds it for them, at any level, and at some levels that counts. So
 * this may stay open for a while after its client was answered. Where no replica can be reached at all and such nodes count, one of them coordinates: it
 * stamps the write itself, as an actor that it has for this key only. (Dynamo, DeCandia et al. 2007, sections 4.5 and 4.6.)
 */
final class WriteCoordination extends Coordination {
  /** What the own store is doing until there is a dot. */
  private enum Phase {
    PUTTING,
    READING,
    CATCHING_UP,
    PUTTING_AGAIN
  }

  private final Request.Write write;
  private final PreferenceList replicas;
  /** Those whose acknowledgement counts: at a local level the ones in this data centre. The write goes to all. */
  private final PreferenceList counting;
  private final Placing placing;
  private Phase phase = Phase.PUTTING;
  private boolean timedOut;
  private boolean replied;
  private Dot dot;
  private Context context = Context.NOTHING;
  private Before before = Before.NOTHING;

  WriteCoordination(Request.Write write, PreferenceList replicas, Sink sink, Turn turn) {
    super(sink, write.terms().timeoutMillis());
    this.write = write;
    this.replicas = replicas;
    this.counting = write.level().isLocal() ? ReplicaOrder.local(replicas, turn) : replicas;
    this.placing = new Placing(this, write.key(), write.level(), replicas, counting);
  }

  @Override
  void start(Turn turn) {
    int live = 0;
    for (var replica : counting.nodes()) {
      live += turn.isLive(replica) ? 1 : 0;
    }
    var refusal = Refusals.badLevel(write.terms(), false, turn);
    if (refusal.isPresent()) {
      end(refusal.get(), turn);
    } else if (live < placing.quorum().required() && !canBeStoodIn(live, turn)) {
      end(refusal(live, turn), turn);
    } else {
      put(turn);
    }
  }

  /** Whether those who stand in are enough. */
  private boolean canBeStoodIn(int live, Turn turn) {
    return write.level().countsHints() && live + standIns(turn) >= placing.quorum().required();
  }

  private int standIns(Turn turn) {
    return StandIns.live(write.key(), replicas, turn);
  }

  private Outcome refusal(int live, Turn turn) {
    return write.level().countsHints()
        ? Refusals.nobodyStandsIn(false, write.level(), placing.quorum().required(), live, standIns(turn),
            replicas.size())
        : Refusals.writeLevel(write.level(), placing.quorum().required(), live, counting.size());
  }

  private void put(Turn turn) {
    var put = new StoreStep.Put(write.key(), write.content(), write.causality(), turn.seenHlc(),
        turn.config().siblings());
    turn.ask(this, turn.self(), replicas.contains(turn.self()) ? put : new HintStep.PutKept(replicas.nodes(), put));
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    switch (answer) {
      case StoreAnswer.Stored stored -> onStored(stored, turn);
      case StoreAnswer.Merged caughtUp when phase == Phase.CATCHING_UP -> {
        phase = Phase.PUTTING_AGAIN;
        put(turn);
      }
      case StoreAnswer.Merged merged -> onTaken(replica, merged.before(), turn);
      case StoreAnswer.Failed failed -> onRefusal(replica, failed, turn);
      case StoreAnswer.Held other -> onFailure(replica, Failure.LOST, turn);
      case StoreAnswer.HeldVersion other -> onFailure(replica, Failure.LOST, turn);
      case StoreAnswer.Page other -> onFailure(replica, Failure.LOST, turn);
      case StoreAnswer.Counted other -> onFailure(replica, Failure.LOST, turn);
      case AcceptorAnswer other -> onFailure(replica, Failure.LOST, turn);
      case HintAnswer other -> onFailure(replica, Failure.LOST, turn);
      case TreeAnswer other -> onFailure(replica, Failure.LOST, turn);
      case StoreAnswer.Confirmed other -> onFailure(replica, Failure.LOST, turn);
      case ReapAnswer other -> onFailure(replica, Failure.LOST, turn);
      case StoreAnswer.Partly other -> onFailure(replica, Failure.LOST, turn);
      case SlotAnswer other -> onFailure(replica, Failure.LOST, turn);
    }
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    placing.onFailed(replica, turn);
    conclude(turn);
  }

  @Override
  boolean keepsHints() {
    return true;
  }

  @Override
  void onSilence(Turn turn) {
    if (dot == null) {
      turn.wakeAfter(this, silenceMillis(turn.config()));
    } else {
      placing.onSilence(turn);
      turn.wakeAfter(this, silenceMillis(turn.config()));
      conclude(turn);
    }
  }

  @Override
  void onWake(Turn turn) {
    onSilence(turn);
  }

  @Override
  void onTimeout(Turn turn) {
    timedOut = true;
    if (dot != null) {
      placing.keepRest(turn);
    }
    if (replied) {
      turn.end(this);
      return;
    }
    switch (phase) {
      case PUTTING, PUTTING_AGAIN -> end(uncertain(within(turn)), turn);
      case CATCHING_UP -> end(Refusals.notSeen(within(turn)), turn);
      case READING -> {
        // The read has no longer than this, and ends it.
      }
    }
  }

  /** What the context names has been looked for. */
  @Override
  void onPart(Outcome outcome, Turn turn) {
    if (timedOut) {
      end(Refusals.notSeen(within(turn)), turn);
    } else if (outcome instanceof Outcome.Found found) {
      phase = Phase.CATCHING_UP;
      turn.ask(this, turn.self(), replicas.contains(turn.self())
          ? new StoreStep.Merge(write.key(), found.record())
          : new HintStep.Keep(replicas.primary(), write.key(), found.record()));
    } else {
      end(outcome, turn);
    }
  }

  private void end(Outcome outcome, Turn turn) {
    turn.reply(this, outcome);
    turn.end(this);
  }

  private void lookFor(Context named, Turn turn) {
    phase = Phase.READING;
    var read = new Request.Read(write.key(),
        write.terms().at(write.level().countsHints() ? Level.SLOPPY : Level.QUORUM),
        new ReadBound(named, ReadBound.ANY_AGE, false));
    turn.open(new ReadCoordination(read, replicas, new Sink.Part(this), turn));
  }

  private void onStored(StoreAnswer.Stored stored, Turn turn) {
    dot = stored.dot();
    before = stored.before();
    context = contextAfter(stored);
    announce(stored, turn);
    placing.begin(stored.record(), turn);
    conclude(turn);
  }

  private static void announce(StoreAnswer.Stored stored, Turn turn) {
    if (stored.record().siblings().size() >= turn.config().siblings().warn()) {
      turn.announce(Event.MANY_SIBLINGS);
    }
    if (stored.unseen() > 0) {
      turn.announce(Event.LATEST_KEPT);
    }
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

  private void onTaken(NodeId node, Before heldBefore, Turn turn) {
    before = before.or(heldBefore);
    placing.onTaken(node, turn);
    conclude(turn);
  }

  private void onRefusal(NodeId replica, StoreAnswer.Failed failed, Turn turn) {
    if (dot == null) {
      onOwnRefusal(failed, turn);
      return;
    }
    onFailure(replica, Failure.LOST, turn);
  }

  private void onOwnRefusal(StoreAnswer.Failed failed, Turn turn) {
    boolean behind = failed.cause() == StoreAnswer.Cause.BEHIND;
    if (behind && phase == Phase.PUTTING) {
      lookFor(write.causality().single(), turn);
    } else if (behind) {
      end(new Outcome.Refused(Reason.BAD_CONTEXT, "no replica has seen the write that the context names"), turn);
    } else {
      boolean tried = failed.cause() == StoreAnswer.Cause.COMMIT && phase != Phase.CATCHING_UP;
      end(tried ? halfWritten(failed) : Refusals.of(failed), turn);
    }
  }

  private static Outcome halfWritten(StoreAnswer.Failed failed) {
    return new Outcome.Uncertain(
        "the disk failed while the write was under way, it may be applied: " + failed.reason());
  }

  private void conclude(Turn turn) {
    if (!replied) {
      replied = switch (placing.quorum().verdict()) {
        case PENDING -> false;
        case REACHED -> {
          turn.reply(this, new Outcome.Written(dot, before.isLive(), context, placing.holders()));
          yield true;
        }
        case IMPOSSIBLE -> {
          turn.reply(this, uncertain(""));
          yield true;
        }
      };
    }
    if (replied && placing.isSettled()) {
      turn.end(this);
    } else if (replied && turn.isCrowded()) {
      if (!placing.keepForSlow(turn)) {
        turn.announce(Event.WRITE_LET_GO);
      }
      turn.end(this);
    }
  }

  private Outcome uncertain(String within) {
    return new Outcome.Uncertain(
        placing.quorum().successes() + " of " + placing.quorum().required() + " acknowledged" + within
            + ", the write may be applied");
  }
}
