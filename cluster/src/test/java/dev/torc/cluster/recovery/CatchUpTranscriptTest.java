package dev.torc.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.version.StoredRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which slots a node catches up with when, and whom it asks. */
class CatchUpTranscriptTest extends RecoveryTranscript {
  private static final StoredRecord ON_B = record("b", 8);
  private static final StoredRecord ON_C = record("c", 9);

  @Test
  void soonAfterTheLossItDoesNotBeginWithoutAllOthers() {
    slots.put(SLOT, LACKS_RECORDS);
    start(FIVE, B, C, D);
    says(tick());
    assertThat(told.getLast().isWaiting()).isFalse();
    says(tickAfter(AGAIN));
    assertThat(told.getLast()).isEqualTo(new CatchUpState(Slot.COUNT, 1, 0, NOON, true));
    says(tickAfter(SETTLED - AGAIN), asks(B, 0, records(FROM)), asks(C, 1, records(FROM)), asks(D, 2, records(FROM)));
  }

  @Test
  void withAnotherRingWhatWasUnderWayEndsInVain() {
    start(THREE, LACKS_RECORDS);
    tick();
    answers(0, last(ON_B));
    says(upkeep.onRing(ring(3, SELF, C, D), now()));
    says(upkeep.onPeerUp(D, now()));
    says(answers(1, last(ON_C)));
    says(tick());
    says(tickAfter(AGAIN), asks(C, 2, records(FROM)), asks(D, 3, records(FROM)));
  }

  @Test
  void whatThisNodeDoesNotHoldNeedsNobody() {
    var four = ring(3, SELF, B, C, D);
    int others = 0;
    while (four.preferenceList(others, 3).contains(SELF)) {
      others++;
    }
    slots.put(others, LACKS_RECORDS);
    start(four, B, C, D);
    says(tick());
    says(tick());
    says(tick(), store(0, new SlotStep.Complete(others, 2, false)));
    assertThat(told.getLast().pending()).isZero();
  }

  @Test
  void whereKeysHaveDifferentNumbersOfReplicasEachNumberIsEnough() {
    replicas = List.of(0, 5);
    var five = ring(3, SELF, B, C, D, E);
    int slot = 0;
    while (!five.preferenceList(slot, 3).contains(SELF) || !five.preferenceList(slot, 3).contains(E)) {
      slot++;
    }
    slots.put(slot, LACKS_RECORDS);
    start(five, B, C, D, E);
    tick();
    for (int n = 0; n < 4; n++) {
      answers(n, failed());
    }
    tick();
    tick();
    assertThat(tickAfter(SETTLED)).hasSize(4);
    for (int n = 4; n < 7; n++) {
      answers(n, last());
    }
    answers(7, failed());
    tick();
    says(tick());
  }

  @Test
  void slotsInARowWithTheSameReplicasGoTogetherAndOthersAfterThem() {
    for (int slot = 0; slot < 200; slot++) {
      slots.put(slot, LACKS_RECORDS);
    }
    start(THREE, B, C);
    var range = new SlotRange(0, 63);
    var next = new SlotRange(64, 127);
    var asked = tick();
    assertThat(asked).hasSize(2);
    assertThat(asked.toString()).contains(range.toString(), next.toString());
  }

  @Test
  void afterARestartOnlyWhatIsLeftIsFetched() {
    for (int slot = SLOT; slot < SLOT + 4; slot++) {
      slots.put(slot, LACKS_RECORDS);
    }
    start(THREE, B, C);
    assertThat(tick()).hasSize(2);
    slots.keySet().removeIf(slot -> slot != SLOT);
    start(THREE, B, C);
    says(tick(), asks(B, 0, records(FROM)), asks(C, 1, records(FROM)));
  }

  @Test
  void whatTheStoreStillLooksForItselfIsNotBegun() {
    awaiting.add(SLOT);
    start(THREE, LACKS_RECORDS);
    says(tick());
    says(tickAfter(AGAIN));
    assertThat(told.getLast().pending()).isEqualTo(1);
    awaiting.clear();
    says(tickAfter(AGAIN), asks(B, 0, records(FROM)), asks(C, 1, records(FROM)));
  }

  @Test
  void theOnlyReplicaHasNobodyToAsk() {
    start(ring(3, SELF), LACKS_RECORDS);
    says(tick());
    says(tick());
    says(tick(), store(0, complete(false)));
  }

  @Test
  void ofTwoReplicasTheOtherOneIsAsked() {
    start(TWO, LACKS_RECORDS);
    says(tick(), asks(B, 0, records(FROM)));
    answers(0, last());
    tick();
    says(tick(), store(1, complete(false)));
  }
}
