package dev.torc.cluster.coordination;

import dev.torc.cluster.coordination.Quorum.Verdict;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.command.Level;

/**
 * A quorum read. R replicas are asked, this node first if it is one; the others only when one of those is late or fails. What they hold is told.merged().
 * A replica whose version is behind the merged one is brought up before the client is answered, until R of them hold it: otherwise a later read,
 * of other replicas, could still find the old value, and reads would go back in time. With R = 1 there is nobody to compare with.
 *
 * <p>The complication is size. A value of 10 MB is not to come R times over the network, so one replica is asked for the record and the others for
 * it only if it is small; a larger one they answer with its version. Equal versions mean equal records; otherwise the record is fetched after all.
 *
 * <p>A client may want an answer that has seen what it has seen. Then one replica that has is enough beside the level; if none of those that answered
 * has, all are asked, and asked again until the time is up, since what was seen somewhere is on its way to the others.
 *
 * <p>Where others may stand in for replicas, those who can be reached no longer, or are silent for too long, are made up for so ({@link ReadTargets}).
 * What a replica tells that is catching up is merged, and it is brought up, but it does not count: it may lack what it acknowledged.
 * Replicas that were asked as well and answer after the client are brought up beside. (Dynamo, DeCandia et al. 2007, sections 4.5 and 4.6.)
 */
final class ReadCoordination extends Coordination {
  private static final long ASK_AGAIN_MILLIS = 20;

  private final Request.Read read;
  private final ReadTargets targets;
  private final int majority;
  private final Quorum answers;
  private final ReadAnswers told;
  private final long startedAt;
  private boolean asksAgain;
  private Quorum upToDate;
  private boolean replied;

  /** @param replicas of the key, all of them */
  ReadCoordination(Request.Read read, PreferenceList replicas, Sink sink, Turn turn) {
    super(sink, read.terms().timeoutMillis());
    this.read = read;
    var order = ReplicaOrder.of(replicas, read.level(), turn);
    this.majority = Level.QUORUM.required(replicas.size());
    this.answers = new Quorum(read.level().required(order.size()), order.size());
    this.told = new ReadAnswers(order.size());
    this.targets = new ReadTargets(this, read, replicas, order, answers, told);
    this.startedAt = turn.now().steadyMillis();
  }

  @Override
  void start(Turn turn) {
    int required = answers.required();
    var refusal = Refusals.badLevel(read.terms(), true, turn);
    if (refusal.isPresent() || targets.size() == 0) {
      refuse(refusal.orElseGet(() -> Refusals.nothingLocal(Reason.READ_LEVEL, turn)), turn);
      return;
    }
    if (read.bound().after().greatestHlc() > turn.furthestHlc()) {
      refuse(Refusals.contextFromTheFuture(), turn);
      return;
    }
    int missing = required - targets.live();
    int standIns = missing > 0 ? targets.liveStandIns(turn) : 0;
    if (missing > standIns) {
      refuse(Refusals.tooFewToRead(read.level(), required, targets.live(), standIns, targets.size()), turn);
      return;
    }
    for (int i = 0; i < required; i++) {
      targets.askNext(turn);
    }
    standIn(missing, turn);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    int place = targets.indexOf(replica);
    told.onAnswered(place, answer instanceof StoreAnswer.Partly);
    if (answer.told() instanceof StoreAnswer.Held held) {
      onVersion(place, held.record().version(), held.record().siblings().size(), held.record(), turn);
    } else if (answer.told() instanceof StoreAnswer.HeldVersion held) {
      onVersion(place, held.version(), held.siblings(), StoredRecord.EMPTY, turn);
    } else if (answer instanceof StoreAnswer.Merged && upToDate != null) {
      onRepaired(place, turn);
    } else {
      onFailure(replica, Failure.LOST, turn);
    }
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    int place = targets.indexOf(replica);
    told.onAnswered(place, false);
    if (asksAgain && upToDate == null && told.isKnown(place)) {
      return;
    }
    told.forget(place);
    if (upToDate == null) {
      answers.onWithdrawal(place);
    } else {
      upToDate.onFailure(place);
    }
    goOn(turn);
  }

  /** One more that does not count. What a replica tells that is catching up is an answer of one, if nobody else can be asked; never that of a quorum. */
  private void goOn(Turn turn) {
    if (replied) {
      endWhenQuiet(turn);
      return;
    }
    if (!targets.hasMore()) {
      standIn(1, turn);
    }
    boolean countsParts = answers.required() < majority && !read.level().isLocal();
    if (upToDate != null
        ? upToDate.verdict() == Verdict.IMPOSSIBLE
        : told.isInVain(answers, !targets.hasMore()) && !(countsParts && told.countParts(answers))) {
      refuse(Refusals.readAnswers(read.level(), answers.required(), answers.successes(), told.parts()), turn);
    } else {
      targets.askNext(turn);
      settleIfComplete(turn);
    }
  }

  @Override
  long lateAfterMillis(Turn turn) {
    return targets.live() > answers.required() ? targets.lateAfterMillis(turn) : 0;
  }

  @Override
  void onLate(Turn turn) {
    if (!replied && targets.hasMore() && targets.isLate(turn.now().steadyMillis() - startedAt, turn)) {
      turn.announce(Event.ASKED_MORE);
      targets.askRest(turn);
    }
  }

  @Override
  boolean keepsHints() {
    return read.level().countsHints();
  }

  @Override
  void onSilence(Turn turn) {
    if (!replied) {
      standIn(targets.silent(), turn);
    }
  }

  private void standIn(int wanted, Turn turn) {
    int more = targets.standIn(wanted, turn);
    for (int i = 0; i < more && upToDate != null; i++) {
      upToDate.grow();
    }
  }

  @Override
  void onWake(Turn turn) {
    if (upToDate == null) {
      targets.askAgain(turn);
      turn.wakeAfter(this, ASK_AGAIN_MILLIS);
    }
  }

  @Override
  void onTimeout(Turn turn) {
    var how = told.parts() + within(turn);
    if (replied) {
      turn.end(this);
    } else if (upToDate == null && asksAgain) {
      refuse(Refusals.notSeen(within(turn)), turn);
    } else {
      refuse(Refusals.readAnswers(read.level(), answers.required(), answers.successes(), how), turn);
    }
  }

  private void onVersion(int place, VersionVector version, int siblings, StoredRecord record, Turn turn) {
    told.onVersion(place, version, siblings);
    if (replied || upToDate != null) {
      onLateVersion(place, turn);
      return;
    }
    told.take(record);
    if (told.isPart(place)) {
      answers.onFailure(place);
      goOn(turn);
    } else {
      answers.onSuccess(place);
      settleIfComplete(turn);
    }
  }

  private void settleIfComplete(Turn turn) {
    if (upToDate == null && answers.verdict() == Verdict.REACHED && hasAllValues(turn)) {
      if (targets.comeAfter(read.bound())) {
        settle(turn);
      } else {
        askOn(turn);
      }
    }
  }

  /** Enough have answered, but none has seen what the client has: first the rest, then all of them again. */
  private void askOn(Turn turn) {
    targets.askRest(turn);
    if (!asksAgain) {
      standIn(targets.size(), turn);
      asksAgain = true;
      turn.wakeAfter(this, ASK_AGAIN_MILLIS);
    }
  }

  /** Whether the merged record holds whatever any of those that answered has seen; fetches what is missing. */
  private boolean hasAllValues(Turn turn) {
    boolean complete = true;
    for (int i = 0; i < targets.size(); i++) {
      boolean isMissing = told.hasTold(i) && !told.isKnown(i);
      complete &= !isMissing;
      if (isMissing && !told.wasAskedWhole(i)) {
        targets.fetch(i, true, turn);
      }
    }
    return complete;
  }

  private void settle(Turn turn) {
    if (read.bound().latestOnly() && told.merged().siblings().size() > 1) {
      told.keepLatest();
      turn.announce(Event.LATEST_KEPT);
    }
    upToDate = targets.upToDate();
    if (upToDate.verdict() != Verdict.REACHED && answers.required() > 1) {
      turn.announce(Event.REPAIRED_BEFORE_ANSWER);
      targets.repairAllBehind(upToDate, turn);
    } else {
      conclude(turn);
    }
  }

  private void onRepaired(int place, Turn turn) {
    upToDate.onSuccess(place);
    if (replied) {
      endWhenQuiet(turn);
    } else if (upToDate.verdict() == Verdict.REACHED) {
      conclude(turn);
    }
  }

  /** An answer after the result was settled: it can confirm the result, or must be repaired, but no longer change it. */
  private void onLateVersion(int place, Turn turn) {
    if (told.isUpToDate(place) || told.isAhead(place) || targets.isStandIn(place)) {
      onRepaired(place, turn);
      return;
    }
    if (replied) {
      turn.announce(Event.REPAIRED_BEHIND);
    }
    targets.repair(place, turn);
  }

  private void conclude(Turn turn) {
    replied = true;
    if (told.merged().siblings().size() > 1) {
      turn.announce(Event.SIBLINGS);
    }
    turn.reply(this, new Outcome.Found(told.merged(), holders(), staleMillis(turn)));
    if (upToDate.successes() < told.count()) {
      turn.announce(Event.REPAIRED_BEHIND);
      targets.repairAllBehind(upToDate, turn);
    }
    endWhenQuiet(turn);
  }

  private int holders() {
    return targets.hasStandIns() ? targets.replicas(upToDate) : answers.successes();
  }

  /** A quorum of the replicas themselves meets every other: whatever one had acknowledged when this began is in the answer. */
  private long staleMillis(Turn turn) {
    return answers.required() >= majority && (!targets.hasStandIns() || targets.replicas(answers) >= majority)
        ? 0
        : turn.verified().staleMillis(read.key(), startedAt, told.merged().version());
  }

  private void refuse(Outcome outcome, Turn turn) {
    turn.reply(this, outcome);
    turn.end(this);
  }

  private void endWhenQuiet(Turn turn) {
    if (openCalls() == 0) {
      turn.end(this);
    }
  }
}
