package dev.torc.cluster.hint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.hint.HandoffNode.Sent;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer.Missed;
import dev.torc.cluster.storage.HintAnswer.Tally;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.protocol.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundsTranscriptTest {
  /** A look at how much there is, and what comes of it. */
  private static final long LOOK = 1_020;
  private static final long HOUR = 3_600_000;
  private static final StoreAnswer MERGED = new StoreAnswer.Merged(StoreAnswer.Before.NOTHING);

  /** As large as three values with their keys, and no larger. */
  private final HandoffNode few = new HandoffNode(new HintLimits(HOUR, 3 * sizeOfOne()));
  private final HandoffNode old = new HandoffNode(new HintLimits(HOUR, Long.MAX_VALUE));

  @Test
  void beyondTheBytesTheOldestGoToTheReplicasThatCanBeReached() {
    keepLarge(3, 1, 2, 0, 4);
    few.up(few.second, few.third);
    few.pass(LOOK);
    assertThat(few.sent()).isEqualTo(List.of(merge(few.second, 3), merge(few.second, 1),
        merge(few.third, 3), merge(few.third, 1)));
    few.answer();
    assertThat(few.sent()).hasSize(4).allMatch(sent -> sent.step() instanceof StoreStep.Confirm it && it.synced());
    assertThat(few.kept()).isEqualTo(5);
    few.answer();
    assertThat(few.kept()).isEqualTo(3);
    assertThat(few.announced).containsExactly(Effect.Event.HINT_HANDED_OVER, Effect.Event.HINT_HANDED_OVER);
  }

  @Test
  void oneReplicaThatHasItOnDiskIsEnough() {
    keepLarge(0, 1, 2, 3);
    few.up(few.second, few.third);
    few.pass(LOOK);
    few.answer(sent -> sent.to().equals(few.third)
        ? new StoreAnswer.Failed(StoreAnswer.Cause.DISK, "the disk is full")
        : MERGED);
    assertThat(few.sent()).extracting(Sent::to).containsExactly(few.second);
    few.answer();
    assertThat(few.announced).containsExactly(Effect.Event.HINT_HANDED_OVER);
  }

  @Test
  void beyondTheBytesWhatNoReplicaTakesIsDroppedAndCounted() {
    keepLarge(0, 1, 2, 3, 4);
    few.pass(LOOK);
    assertThat(few.kept()).isEqualTo(3);
    assertThat(few.announced).containsExactly(Effect.Event.HINT_DROPPED, Effect.Event.HINT_DROPPED);
  }

  @Test
  void whatTheReplicaLostBeforeItWasOnDiskIsNotHandedOver() {
    keepLarge(0, 1, 2, 3);
    few.up(few.second);
    few.pass(LOOK);
    few.answer();
    few.answer(sent -> new StoreAnswer.Confirmed(false));
    assertThat(few.announced).containsExactly(Effect.Event.HINT_DROPPED);
  }

  @Test
  void muchTooManyGoBatchAfterBatchWithoutWaitingForTheNextLook() {
    for (int i = 0; i < 100; i++) {
      keepLarge(i);
    }
    few.up(few.second);
    for (int i = 0; i < 60; i++) {
      few.pass(HandoffNode.TICK);
      few.answer();
      few.answer();
    }
    assertThat(few.kept()).isEqualTo(100);
    for (int i = 0; i < 60; i++) {
      few.pass(HandoffNode.TICK);
      few.answer();
      few.answer();
    }
    assertThat(few.kept()).isEqualTo(3);
  }

  @Test
  void aHintToWhichNothingWasAddedForTooLongIsHandedOver() {
    old.keep(old.owner, old.keys.getFirst(), "v");
    old.up(old.second);
    old.pass(HOUR);
    assertThat(old.sent()).isEmpty();
    old.passUntilSent(2 * LOOK);
    assertThat(old.sent()).isEqualTo(List.of(new Sent(old.second,
        new StoreStep.Merge(old.keys.getFirst(), old.record("v")))));
    old.answer();
    old.answer();
    assertThat(old.kept()).isZero();
    assertThat(old.announced).containsExactly(Effect.Event.HINT_HANDED_OVER);
  }

  @Test
  void oneToWhichSomethingWasAddedStays() {
    old.keep(old.owner, old.keys.getFirst(), "v");
    old.up(old.second);
    old.pass(HOUR / 2);
    old.keep(old.owner, old.keys.getFirst(), "w");
    old.pass(HOUR / 2 + 60 * LOOK);
    assertThat(old.sent()).isEmpty();
    assertThat(old.kept()).isEqualTo(1);
  }

  @Test
  void ageAloneLosesNothing() {
    old.keep(old.owner, old.keys.getFirst(), "v");
    old.pass(2 * HOUR);
    assertThat(old.kept()).isEqualTo(1);
    assertThat(old.announced).isEmpty();
    old.up(old.third);
    old.pass(61 * LOOK);
    assertThat(old.sent()).extracting(Sent::to).containsExactly(old.third);
  }

  @Test
  void whoeverMissedSomethingIsToldOnceWhenItIsBackAndOnceMoreByTheNextProcess() {
    keepLarge(0, 1, 2, 3);
    few.pass(LOOK);
    var missed = ((Tally) few.at(new HintStep.CountKept())).missed();
    assertThat(missed).extracting(Missed::owner).containsExactly(few.owner);
    few.up(few.owner);
    few.pass(LOOK);
    assertThat(told()).isEqualTo(List.of(new Sent(few.owner, new HintStep.TellMissed())));
    for (int i = 0; i < 40; i++) {
      few.answer();
      few.pass(LOOK);
      assertThat(told()).isEmpty();
    }
    few.restart();
    few.up(few.owner);
    few.pass(LOOK);
    assertThat(told()).hasSize(1);
  }

  @Test
  void whoDidNotAnswerIsToldAgain() {
    keepLarge(0, 1, 2, 3);
    few.pass(LOOK);
    few.up(few.owner);
    few.pass(LOOK);
    few.answer(sent -> new StoreAnswer.Failed(StoreAnswer.Cause.BUSY, "too much waits"));
    few.pass(LOOK);
    assertThat(told()).hasSize(1);
  }

  @Test
  void whatItsOwnerTookAfterAllWasNotMissed() {
    keepLarge(0, 1, 2, 3);
    few.up(few.owner);
    few.pass(LOOK);
    few.answer();
    few.answer();
    assertThat(((Tally) few.at(new HintStep.CountKept())).missed()).isEmpty();
    assertThat(few.announced).containsOnly(Effect.Event.HINT_REPLAYED);
  }

  private List<Sent> told() {
    return few.sent().stream().filter(sent -> sent.step() instanceof HintStep.TellMissed).toList();
  }

  /** The one after the other, a millisecond apart. */
  private void keepLarge(int... keys) {
    for (int key : keys) {
      few.pass(1);
      few.keep(few.owner, key(key), large());
    }
  }

  private static Key key(int number) {
    return Key.of(Bytes.of("{slot}%02d".formatted(number)));
  }

  /** Small ones take more for their keys and versions than for their values, and count so all the same. */
  @Test
  void noMoreGoThanAreTooMany() {
    var small = new HandoffNode(new HintLimits(HOUR, 9 * sizeOfOne("v")));
    for (int i = 0; i < 10; i++) {
      small.keep(small.owner, key(i), "v");
    }
    small.up(small.second);
    small.pass(LOOK);
    assertThat(small.sent()).hasSize(1);
  }

  private static long sizeOfOne() {
    return sizeOfOne(large());
  }

  private static long sizeOfOne(String value) {
    var node = new HandoffNode(new HintLimits(HOUR, Long.MAX_VALUE));
    node.keep(node.owner, key(0), value);
    return ((Tally) node.at(new HintStep.CountKept())).bytes();
  }

  private static String large() {
    return "x".repeat(100);
  }

  private Sent merge(NodeId to, int key) {
    return new Sent(to, new StoreStep.Merge(key(key), few.record(large())));
  }
}
