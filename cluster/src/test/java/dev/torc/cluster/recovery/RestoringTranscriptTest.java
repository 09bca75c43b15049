package dev.torc.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.cluster.time.Hlc;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a slot whose acceptors forgot what they promised takes part again. */
class RestoringTranscriptTest extends RecoveryTranscript {
  private static final long OUTLIVED = 2 * SKEW;
  private static final Ballot OLDER = new Ballot(Hlc.atMillis(NOON - 2), 7);
  private static final Ballot NEWER = new Ballot(Hlc.atMillis(NOON - 1), 7);

  @Test
  void whatItPromisedIsOutlivedBeforeItBegins() {
    start(THREE, LACKS_PROMISES);
    says(tick());
    says(tickAfter(OUTLIVED - 1));
    says(tickAfter(AGAIN), raises(0, raise(THREE, mine()), B, C));
  }

  @Test
  void whatItPromisedUntilItForgotWhileItRanIsOutlivedFromThenOn() {
    start(THREE, B, C);
    says(tick());
    pass(OUTLIVED);
    slots.put(SLOT, LACKS_PROMISES);
    says(tick());
    says(tickAfter(OUTLIVED - 1));
    says(tickAfter(AGAIN), raises(0, raise(THREE, mine()), B, C));
  }

  @Test
  void itRestoresTheLatestThatTheOthersAcceptedUnderTheBallotThatAllRaised() {
    var ballot = raisedBy(THREE, B, C);
    says(stores(0, accepted()));
    says(answers(1, accepted()));
    says(answers(2, accepted()));
    says(tick(), asks(B, 3, acceptors(FROM)), asks(C, 4, acceptors(FROM)));
    answers(3, told(state(OLDER, "older")));
    answers(4, told(state(NEWER, "newer")));
    says(tick(), store(5, new AcceptorStep.Restore(KEY, epoch(THREE), ballot, state(NEWER, "newer"))));
    says(stores(5, accepted()));
    says(tick(), store(6, complete(true)));
    slots.clear();
    stores(6, accepted());
    says(tick());
    says(tickAfter(10 * AGAIN));
  }

  @Test
  void whatLiesBehindWhereOneStoppedWaitsForItsNextPage() {
    var ballot = raisedBy(THREE, B, C);
    allRaise(0, 2);
    tick();
    answers(3, told(state(OLDER, "older")));
    answers(4, new SlotAnswer.Acceptors(List.of(), FROM));
    says(tick());
    says(tick(), asks(B, 5, acceptors(FROM)), asks(C, 6, acceptors(FROM)));
    answers(5, told(state(OLDER, "older")));
    answers(6, told(state(NEWER, "newer")));
    says(tick(), store(7, new AcceptorStep.Restore(KEY, epoch(THREE), ballot, state(NEWER, "newer"))));
  }

  @Test
  void whereSomebodyIsAboveAlreadyAllRaiseAgainAboveThat() {
    raisedBy(THREE, B, C);
    var theirs = new Ballot(Hlc.atMillis(now().wallMillis()) + 1_000, 7);
    stores(0, accepted());
    answers(1, new AcceptorAnswer.Nacked(theirs));
    answers(2, accepted());
    says(tick(), raises(3, raise(THREE, new Ballot(theirs.counter() + 1, FIRST)), B, C));
  }

  @Test
  void whoIsAlwaysAboveEndsItInVain() {
    raisedBy(THREE, B, C);
    for (int attempt = 0; attempt < 5; attempt++) {
      stores(3 * attempt, accepted());
      answers(3 * attempt + 1, new AcceptorAnswer.Nacked(new Ballot(Long.MAX_VALUE / 2 + 10 * attempt, 7)));
      answers(3 * attempt + 2, accepted());
      assertThat(tick()).hasSize(attempt < 4 ? 3 : 0);
    }
    says(tick());
  }

  @Test
  void withoutTheOwnFloorThereIsNone() {
    raisedBy(THREE, B, C);
    stores(0, failed());
    answers(1, accepted());
    answers(2, accepted());
    says(tick());
    says(tickAfter(AGAIN), raises(3, raise(THREE, mine()), B, C));
  }

  @Test
  void aMajorityOfTheOthersIsBothOfTwo() {
    raisedBy(THREE, B, C);
    stores(0, accepted());
    answers(1, accepted());
    answers(2, failed());
    says(tick());
  }

  @Test
  void oneThatForgotItselfIsNoPartOfAMajority() {
    raisedBy(FIVE, B, C, D, E);
    stores(0, accepted());
    answers(1, accepted());
    answers(2, accepted());
    answers(3, partly(accepted()));
    answers(4, failed());
    says(tick());
  }

  @Test
  void oneThatForgetsBeforeItTellsIsNoPartOfAMajorityAnyMore() {
    raisedBy(FIVE, B, C, D, E);
    allRaise(0, 3);
    answers(4, failed());
    says(tick(), asks(B, 5, acceptors(FROM)), asks(C, 6, acceptors(FROM)), asks(D, 7, acceptors(FROM)));
    answers(5, told());
    answers(6, told());
    answers(7, partly(told()));
    says(tick());
    says(tick());
  }

  @Test
  void whenAllHaveForgottenWhatTheyTellTogetherIsAllThereIs() {
    raisedBy(THREE, B, C);
    stores(0, accepted());
    answers(1, partly(accepted()));
    answers(2, partly(accepted()));
    says(tick(), asks(B, 3, acceptors(FROM)), asks(C, 4, acceptors(FROM)));
    answers(3, partly(told()));
    answers(4, partly(told()));
    says(tick());
    says(tick(), store(5, complete(true)));
  }

  @Test
  void whatTheOwnStoreDoesNotRestoreIsNotComplete() {
    raisedBy(THREE, B, C);
    allRaise(0, 2);
    tick();
    answers(3, told(state(OLDER, "older")));
    answers(4, told());
    tick();
    stores(5, failed());
    says(tick());
  }

  @Test
  void whoLacksRecordsTooFetchesThemFirst() {
    slots.put(SLOT, new Wholeness(2, true, true));
    start(THREE, B, C);
    says(tickAfter(OUTLIVED), asks(B, 0, records(FROM)), asks(C, 1, records(FROM)));
    answers(0, new SlotAnswer.Records(List.of(), ScanPoint.END));
    answers(1, new SlotAnswer.Records(List.of(), ScanPoint.END));
    tick();
    says(tick(), store(2, complete(false)));
    slots.put(SLOT, LACKS_PROMISES);
    stores(2, accepted());
    says(tick());
    says(tickAfter(OUTLIVED), raises(3, raise(THREE, mine()), B, C));
  }

  /** Up to the first ballot, of which all have been asked. */
  private Ballot raisedBy(Ring ring, NodeId... others) {
    start(ring, LACKS_PROMISES);
    tick();
    says(tickAfter(OUTLIVED), raises(0, raise(ring, mine()), others));
    return mine();
  }

  private void allRaise(int own, int others) {
    stores(own, accepted());
    for (int n = 1; n <= others; n++) {
      answers(own + n, accepted());
    }
  }

  private Effect[] raises(int n, StoreStep raise, NodeId... others) {
    var effects = new Effect[others.length + 1];
    effects[0] = store(n, raise);
    for (int i = 0; i < others.length; i++) {
      effects[i + 1] = asks(others[i], n + i + 1, raise);
    }
    return effects;
  }

  private Ballot mine() {
    return new Ballot(Hlc.atMillis(now().wallMillis()), FIRST);
  }

  private static StoreStep raise(Ring ring, Ballot ballot) {
    return new SlotStep.Raise(SLOT, ring.digest(), ballot);
  }

  private static StoreStep acceptors(ScanPoint from) {
    return new SlotStep.Acceptors(RANGE, from, PAGE);
  }

  private static AcceptorState state(Ballot accepted, String value) {
    return new AcceptorState(accepted, accepted, record(value, 9), Envelope.EMPTY, 0);
  }

  private static StoreAnswer told(AcceptorState... states) {
    return new SlotAnswer.Acceptors(
        List.of(states).stream().map(state -> new SlotAnswer.Remembered(KEY.bytes(), state)).toList(), ScanPoint.END);
  }

  private static Epoch epoch(Ring ring) {
    return new Epoch(ring.digest(), 0);
  }
}
