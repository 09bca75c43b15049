package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a strong operation does when it does not go smoothly: another ballot, never the same one, and what was done is not done again. */
class StrongRetryTranscriptTest extends StrongTranscript {
  private static final Ballot FARTHER = new Ballot(hlc(900), PEERS_PROCESS);

  @Test
  void aStaleCachedBallotIsReplacedAtOnce() {
    var before = firstOperation("v");
    ask(set("w"));
    stores(14, held(before));
    says(answers(15, stale()));
    says(answers(16, stale()), announce(Event.STRONG_AGAIN), store(17, fetchMine()), store(18, prepare(ballot(5))),
        asks(B, 19, hlc(5), prepare(ballot(5))), asks(C, 20, hlc(5), prepare(ballot(5))));
    says(answers(15, accepted()));
  }

  @Test
  void afterAStaleOneTheOrdinaryWriteIsSeen() {
    var before = firstOperation("v");
    var ordinary = then(before, "ordinary", 9, hlc(100));
    ask(set("w"));
    stores(14, held(before));
    answers(15, stale());
    answers(16, stale());
    stores(17, held(before));
    answers(19, promised(ballot(0), before, firstResult(), ordinary));
    var chosen = chosen(ordinary, "w", hlc(101));
    var accept = accept(ballot(5), chosen, firstResult().with(id(1), 1, DONE, hlc(101)), ballot(102));
    says(answers(20, promised(ballot(0), before, firstResult(), ordinary)), store(21, accept),
        asks(B, 22, hlc(7), accept), asks(C, 23, hlc(7), accept));
  }

  @Test
  void theOwnAcceptorsRefusalOfACachedBallotIsEnoughToLeaveIt() {
    var before = firstOperation("v");
    ask(set("w"));
    stores(14, held(before));
    answers(15, accepted());
    says(stores(17, nacked(FARTHER)), announce(Event.STRONG_AGAIN), store(18, fetchMine()),
        store(19, prepare(ballot(901))),
        asks(B, 20, hlc(5), prepare(ballot(901))), asks(C, 21, hlc(5), prepare(ballot(901))));
  }

  @Test
  void aCachedBallotIsUsedOnceWhateverComesOfIt() {
    var before = firstOperation("v");
    ask(set("w"));
    stores(14, held(before));
    answers(15, failed(Cause.DISK, "full"));
    answers(16, failed(Cause.DISK, "full"));
    says(afterMillis(PROPOSAL_TIMEOUT + 8), reply(uncertain()));
    assertThat(ask(set("x")).stream().filter(effect -> effect.toString().contains("Prepare"))).hasSize(3);
  }

  @Test
  void whoeverIsRefusedWaitsAndComesBackAboveTheObstacle() {
    ask(set("v"));
    stores(2, held(NOTHING));
    says(answers(4, nacked(FARTHER)));
    says(answers(5, nacked(ballot(800))));
    now = now.plus(20);
    var again = new Ballot(Math.max(hlc(901), Hlc.atMillis(now.wallMillis())), PROCESS);
    says(coordinator.onTick(now), announce(Event.STRONG_AGAIN), store(6, fetchMine()), store(7, prepare(again)),
        asks(B, 8, Hlc.atMillis(now.wallMillis()), prepare(again)),
        asks(C, 9, Hlc.atMillis(now.wallMillis()), prepare(again)));
    assertThat(FARTHER.isBelow(again)).isTrue();
  }

  @Test
  void aLateAnswerToAFormerRoundDoesNotCountInTheNext() {
    ask(set("v"));
    stores(2, held(NOTHING));
    answers(4, nacked(FARTHER));
    answers(5, nacked(FARTHER));
    says(stores(3, promised()));
    afterMillis(20);
    says(stores(3, promised()));
    stores(6, held(NOTHING));
    says(stores(7, promised()));
  }

  @Test
  void oneBrokenConnectionOfThreeDoesNotMatter() {
    ask(set("v"));
    stores(2, held(NOTHING));
    stores(3, promised());
    says(coordinator.onPeerDown(B, now));
    var accept = accept(ballot(0), chosen(NOTHING, "v", hlc(1)), firstResult(), ballot(2));
    says(answers(5, promised()), store(6, accept), asks(C, 7, hlc(2), accept));
  }

  @Test
  void withoutAMajorityBeforeAnythingWasProposedNothingIsApplied() {
    ask(set("v"));
    stores(2, held(NOTHING));
    stores(3, promised());
    coordinator.onPeerDown(B, now);
    says(coordinator.onPeerDown(C, now));
    says(afterMillis(PROPOSAL_TIMEOUT + 8), announce(Event.STRONG_AGAIN), store(6, fetchMine()),
        store(7, prepare(new Ballot(Hlc.atMillis(now.wallMillis()), PROCESS))),
        reply(new Outcome.Refused(Reason.WRITE_LEVEL,
            "strong needs 2 of the key's 3 replicas, they did not answer in 900 ms; nothing was applied")));
    nothingIsOpen();
  }

  @Test
  void withoutAMajorityAfterItWasProposedItIsUncertain() {
    ask(set("v"));
    stores(2, held(NOTHING));
    stores(3, promised());
    answers(4, promised());
    says(stores(6, accepted()));
    says(afterMillis(PROPOSAL_TIMEOUT + 8), reply(uncertain()));
    nothingIsOpen();
  }

  @Test
  void whoeverIsRefusedUntilTheTimeIsUpMetContention() {
    ask(set("v"));
    stores(2, held(NOTHING));
    answers(4, nacked(FARTHER));
    answers(5, nacked(FARTHER));
    var effects = afterMillis(PROPOSAL_TIMEOUT + 8);
    assertThat(effects.getLast()).isEqualTo(reply(new Outcome.Refused(Reason.CONTENTION,
        "other strong operations on the key were in the way in 900 ms; nothing was applied")));
    nothingIsOpen();
  }

  @Test
  void aResultThatIsFoundIsAcceptedAgainBeforeItIsTold() {
    var change = put("v", Condition.NX);
    var theirs = new OperationId(PEERS_PROCESS, 3);
    var done = record("v", PEERS_PROCESS, hlc(-5));
    var results = Envelope.EMPTY.with(theirs, 3, DONE, hlc(-5));
    forwarded(50, propose(change, theirs, 3));
    stores(1, held(NOTHING));
    stores(2, promised());
    var accept = accept(ballot(0), done, results, ballot(1));
    says(answers(3, promised(ballot(-6), done, results, NOTHING)), store(5, accept), asks(B, 6, hlc(1), accept),
        asks(C, 7, hlc(1), accept));
    says(answers(6, accepted()));
    says(stores(5, accepted()), store(8, commit(done)));
    assertThat(stores(8, merged())).hasSize(2);
    says(answers(9, merged()), answersPeer(50, hlc(1), new Outcome.Changed(DONE, done.version(), 2)));
  }

  @Test
  void aResultThatAMajorityHoldsIsToldWithoutAnotherRound() {
    var theirs = new OperationId(PEERS_PROCESS, 3);
    var done = record("v", PEERS_PROCESS, hlc(-5));
    var results = Envelope.EMPTY.with(theirs, 3, DONE, hlc(-5));
    forwarded(50, propose(put("v", Condition.NX), theirs, 3));
    stores(1, held(done));
    stores(2, promised(ballot(-6), done, results, done));
    says(answers(3, promised(ballot(-6), done, results, done)),
        answersPeer(50, hlc(0), new Outcome.Changed(DONE, done.version(), 2)));
    nothingIsOpen();
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsNotDone() {
    var over = new OperationId(PEERS_PROCESS, 3);
    var later = record("v", PEERS_PROCESS, hlc(-5));
    var results = Envelope.EMPTY.with(new OperationId(PEERS_PROCESS, 8), 7, DONE, hlc(-5));
    forwarded(50, propose(put("w", Condition.ALWAYS), over, 3));
    stores(1, held(later));
    stores(2, promised(ballot(-6), later, results, later));
    says(answers(3, promised(ballot(-6), later, results, later)), answersPeer(50, hlc(0), uncertain()));
    nothingIsOpen();
  }

  @Test
  void whatChangesNothingIsAnsweredOnlyIfPromisesAgreeAndAMajorityHoldsIt() {
    var standing = record("v", PEERS_PROCESS, hlc(-5));
    forwarded(50, propose(put("w", Condition.NX), id(3), 3));
    stores(1, held(standing));
    stores(2, promised(ballot(-6), standing, Envelope.EMPTY, standing));
    var accept = accept(ballot(0), standing, Envelope.EMPTY, ballot(1));
    says(answers(3, promised(ballot(-6), standing, Envelope.EMPTY, NOTHING)), store(5, accept),
        asks(B, 6, hlc(1), accept), asks(C, 7, hlc(1), accept));
  }

  @Test
  void whatChangesNothingInADisagreementIsAcceptedFirst() {
    var standing = record("v", PEERS_PROCESS, hlc(-5));
    forwarded(50, propose(put("w", Condition.NX), id(3), 3));
    stores(1, held(standing));
    stores(2, promised(ballot(-6), standing, Envelope.EMPTY, standing));
    assertThat(answers(3, promised(ballot(-8), NOTHING, Envelope.EMPTY, standing))).hasSize(3);
  }

  @Test
  void whatChangesNothingIsKeptAllTheSameWhenAnotherMayDoItStill() {
    var standing = record("v", PEERS_PROCESS, hlc(-5));
    var first = propose(put("w", Condition.NX), id(3), 3);
    forwarded(50, new Request.Propose(first.key(), first.change(), first.id(), 3, true, first.terms()));
    stores(1, held(standing));
    stores(2, promised(ballot(-6), standing, Envelope.EMPTY, standing));
    var refused = new ChangeResult.Done(false, Optional.empty());
    var accept = accept(ballot(0), standing, Envelope.EMPTY.with(id(3), 3, refused, hlc(0)), ballot(1));
    says(answers(3, promised(ballot(-6), standing, Envelope.EMPTY, standing)), store(5, accept),
        asks(B, 6, hlc(1), accept), asks(C, 7, hlc(1), accept));
  }

  @Test
  void whatTheOwnDiskCannotReadIsForAnotherToDo() {
    forwarded(50, propose(put("w", Condition.NX), id(3), 3));
    says(stores(1, failed(Cause.DISK, "broken")), answersPeer(50, hlc(0), new Outcome.Refused(Reason.DISK, "broken")));
    nothingIsOpen();
  }

  @Test
  void aContextFromTooFarInTheFutureIsRefused() {
    long far = Hlc.atMillis(now.wallMillis() + 2 * SKEW);
    var swap = new Change.Swap(Context.of(VersionVector.of(new Dot(9, far))), Content.of(Bytes.of("v")), false);
    says(ask(strong(swap)), reply(new Outcome.Refused(Reason.BAD_CONTEXT,
        "the context is further ahead than the clocks may differ")));
    nothingIsOpen();
  }

  @Test
  void aStrongDotIsAboveAllThatTheClientSaw() {
    var context = Context.of(VersionVector.of(new Dot(9, hlc(700))));
    ask(strong(new Change.Swap(context, Content.of(Bytes.of("v")), false)));
    stores(2, held(NOTHING));
    stores(3, promised());
    var seen = new StoredRecord(context.version(), List.of());
    var accept = accept(ballot(0), chosen(seen, "v", hlc(701)), Envelope.EMPTY.with(id(0), 0, DONE, hlc(701)),
        ballot(702));
    says(answers(4, promised()), store(6, accept), asks(B, 7, hlc(2), accept), asks(C, 8, hlc(2), accept));
  }

  @Test
  void aConditionThatDoesNotHoldIsAnswered() {
    ask(strong(put("v", Condition.XX)));
    stores(2, held(NOTHING));
    stores(3, promised());
    says(answers(4, promised()), reply(new Outcome.Changed(new ChangeResult.Done(false, Optional.empty()),
        VersionVector.EMPTY, 2)));
    nothingIsOpen();
  }
}
