package dev.torc.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.cluster.version.StoredRecord;
import org.junit.jupiter.api.Test;

/** How a slot gets back the records that it may have lost, and when it may say that it has them. */
class CopyingTranscriptTest extends RecoveryTranscript {
  private static final StoredRecord ON_B = record("b", 8);
  private static final StoredRecord ON_C = record("c", 9);

  @Test
  void aSlotIsWholeWhenBothOthersHaveToldAllTheirPagesAndTheseAreStored() {
    start(THREE, LACKS_RECORDS);
    says(tick(), asks(B, 0, records(FROM)), asks(C, 1, records(FROM)));
    says(answers(0, last(ON_B)));
    says(tick());
    says(answers(1, page(MIDDLE, ON_C)));
    says(tick(), store(2, merge(ON_B)), store(3, merge(ON_C)));
    says(stores(2, merged()));
    says(tick());
    says(stores(3, merged()));
    says(tick(), asks(C, 4, records(MIDDLE)));
    says(answers(4, last(ON_B)));
    says(tick(), store(5, merge(ON_B)));
    says(stores(5, merged()));
    says(tick(), store(6, complete(false)));
    slots.clear();
    says(stores(6, accepted()));
    says(tick());
    says(tickAfter(10 * AGAIN));
    assertThat(told.getLast()).isEqualTo(new CatchUpState(0, 0, 3, 0, false));
  }

  @Test
  void itRestsAsLongAsTheQuestionTook() {
    start(THREE, LACKS_RECORDS);
    tick();
    pass(40);
    answers(0, last(ON_B));
    answers(1, last());
    says(tickAfter(39));
    says(tickAfter(1), store(2, merge(ON_B)));
  }

  /** Of those that it asks, too: what they serve for it waits where their clients' requests wait. */
  @Test
  void whenAnswersTakeLongerThanTheyDidItRestsTwiceAsLong() {
    start(THREE, LACKS_RECORDS);
    tick();
    answers(0, last());
    answers(1, page(MIDDLE));
    tick();
    says(tick(), asks(C, 2, records(MIDDLE)));
    pass(100);
    answers(2, last(ON_C));
    says(tickAfter(199));
    says(tickAfter(1), store(3, merge(ON_C)));
  }

  @Test
  void ofFiveAMajorityOfTheOthersIsEnough() {
    start(FIVE, LACKS_RECORDS);
    tickInVain();
    says(tickAfter(SETTLED), asksAll(4));
    for (int n = 4; n < 7; n++) {
      answers(n, last());
    }
    answers(7, failed());
    says(tick());
    says(tick(), store(8, complete(false)));
  }

  /** A coordinator may count this replica's word of before together with that of one that has told already. */
  @Test
  void soonAfterTheLossAMajorityIsNotEnough() {
    start(FIVE, LACKS_RECORDS);
    says(tick(), asksAll(0));
    for (int n = 0; n < 3; n++) {
      answers(n, last());
    }
    answers(3, failed());
    says(tick());
    says(tick());
    says(tickAfter(AGAIN), asksAll(4));
  }

  @Test
  void anotherLossIsAsLongAgo() {
    start(FIVE, LACKS_RECORDS);
    tickInVain();
    pass(SETTLED);
    slots.put(SLOT, new Wholeness(3, true, false));
    says(tick(), asksAll(4));
    answers(4, last());
    answers(5, last());
    answers(6, last());
    answers(7, failed());
    tick();
    says(tick());
  }

  @Test
  void oneThatIsCatchingUpItselfIsNoPartOfAMajority() {
    start(FIVE, LACKS_RECORDS);
    tickInVain();
    tickAfter(SETTLED);
    answers(4, last(ON_B));
    answers(5, last());
    answers(6, partly(last()));
    answers(7, failed());
    says(tick(), store(8, merge(ON_B)));
    stores(8, merged());
    says(tick());
    says(tickAfter(AGAIN), asksAll(9));
  }

  @Test
  void oneThatHasForgottenInTheMiddleIsNoPartOfAMajorityAnyMore() {
    start(FIVE, LACKS_RECORDS);
    tickInVain();
    tickAfter(SETTLED);
    answers(4, last());
    answers(5, last());
    answers(6, page(MIDDLE));
    answers(7, failed());
    tick();
    says(tick(), asks(D, 8, records(MIDDLE)));
    answers(8, partly(last()));
    tick();
    says(tick());
  }

  @Test
  void whenAllOthersHaveToldNobodyWaitsForAnybody() {
    start(FIVE, LACKS_RECORDS);
    tick();
    for (int n = 0; n < 4; n++) {
      answers(n, partly(last()));
    }
    tick();
    says(tick(), store(4, complete(false)));
  }

  @Test
  void whenOneOfTwoOthersFailsInTheMiddleAllIsBegunAgain() {
    start(THREE, LACKS_RECORDS);
    tick();
    answers(0, page(MIDDLE, ON_B));
    says(upkeep.onPeerDown(C, now()));
    says(tick(), store(2, merge(ON_B)));
    stores(2, merged());
    says(tick());
    assertThat(told.getLast().pending()).isOne();
    says(tickAfter(AGAIN));
    assertThat(told.getLast().isWaiting()).isFalse();
    says(tickAfter(AGAIN));
    assertThat(told.getLast()).isEqualTo(new CatchUpState(Slot.COUNT, 1, 1, NOON, true));
    upkeep.onPeerUp(C, now());
    says(tickAfter(AGAIN), asks(B, 3, records(FROM)), asks(C, 4, records(FROM)));
  }

  @Test
  void whatIsNotAnsweredInTimeIsLostAndChangesNothingLater() {
    start(THREE, LACKS_RECORDS);
    tick();
    answers(0, last(ON_B));
    says(tickAfter(TIMEOUT - 1));
    says(tickAfter(2 * TIMEOUT));
    says(answers(1, last(ON_C)));
    says(tickAfter(999));
    says(tickAfter(1), store(2, merge(ON_B)));
    stores(2, merged());
    says(tick());
    says(tickAfter(AGAIN), asks(B, 3, records(FROM)), asks(C, 4, records(FROM)));
  }

  @Test
  void whatTheOwnStoreDoesNotTakeIsFetchedAgain() {
    start(THREE, LACKS_RECORDS);
    tick();
    answers(0, last(ON_B));
    answers(1, last());
    tick();
    stores(2, failed());
    says(tick());
    says(tickAfter(AGAIN), asks(B, 3, records(FROM)), asks(C, 4, records(FROM)));
  }

  @Test
  void whatHasForgottenAgainMeanwhileIsNotComplete() {
    start(THREE, LACKS_RECORDS);
    tick();
    answers(0, last());
    answers(1, last());
    tick();
    says(tick(), store(2, complete(false)));
    slots.put(SLOT, new Wholeness(3, true, false));
    stores(2, new AcceptorAnswer.Stale());
    says(tick());
    says(tickAfter(AGAIN), asks(B, 3, records(FROM)), asks(C, 4, records(FROM)));
  }

  /** What is asked at once after the loss fails, with five replicas, and is begun again. */
  private void tickInVain() {
    says(tick(), asksAll(0));
    for (int n = 0; n < 4; n++) {
      answers(n, failed());
    }
    says(tick());
    says(tick());
  }

  private Effect[] asksAll(int n) {
    return new Effect[] {asks(B, n, records(FROM)), asks(C, n + 1, records(FROM)), asks(D, n + 2, records(FROM)),
        asks(E, n + 3, records(FROM))};
  }

}
