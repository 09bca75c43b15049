package dev.torc.cluster.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.policy.ReplicaCounts;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AntiEntropyTest {
  private final MemoryReplicaStore here = store(1);
  private final MemoryReplicaStore there = store(2);
  private Optional<StoreAnswer> refusal = Optional.empty();
  private final TwoReplicas two = new TwoReplicas(here.trees(), step -> perform(here, step),
      step -> refusal.orElseGet(() -> perform(there, step)));

  @Test
  void equalReplicasExchangeOneSmallMessageEachWay() {
    for (int i = 0; i < 100; i++) {
      writeBoth("k" + i);
    }
    assertThat(two.round()).matches(round -> round.isComplete() && round.divergent() == 0 && round.repaired() == 0);
    assertThat(two.sent()).isEqualTo(1);
    assertThat(two.bytes()).isLessThan(100);
  }

  @Test
  void aPeerIsComparedWithOnceAnInterval() {
    two.pass(10 * TwoReplicas.INTERVAL);
    assertThat(two.rounds().size()).isBetween(9, 11);
    assertThat(two.sent()).isEqualTo(two.rounds().size());
  }

  @Test
  void aNodeThatWasToldThatItMissedSomethingComparesAtOnceAndOnce() {
    two.round();
    two.pass(100);
    int before = two.rounds().size();
    perform(here, new HintStep.TellMissed());
    two.pass(200);
    assertThat(two.rounds()).hasSize(before + 1);
    two.pass(TwoReplicas.INTERVAL - 1_000);
    assertThat(two.rounds()).hasSize(before + 1);
  }

  @Test
  void oneThatWasToldWhileItComparedComparesOnceMore() {
    write(there, "k");
    two.untilLookedAtOnce();
    perform(here, new HintStep.TellMissed());
    assertThat(two.round()).matches(PairRound::isComplete);
    int before = two.rounds().size();
    two.pass(1_500);
    assertThat(two.rounds()).hasSize(before + 1);
  }

  @Test
  void whatEitherLacksComesFromTheOther() {
    for (int i = 0; i < 300; i++) {
      writeBoth("both" + i);
    }
    for (int i = 0; i < 50; i++) {
      write(here, "here" + i);
      write(there, "there" + i);
      write(here, "siblings" + i);
      write(there, "siblings" + i);
    }
    assertThat(two.round()).matches(round -> round.isComplete() && round.divergent() == 150 && round.repaired() == 150);
    assertThat(here.records()).isEqualTo(there.records());
    assertThat(here.records().get(key("siblings7")).siblings()).hasSize(2);
    assertThat(two.announced()).isEqualTo(150);
    assertThat(two.round()).matches(round -> round.isComplete() && round.divergent() == 0);
    assertThat(two.sent()).isEqualTo(1);
  }

  @Test
  void whatIsOnlyOnItsWayIsNoDivergence() {
    write(here, "late");
    two.untilLookedAtOnce();
    deliver("late");
    assertThat(two.round()).matches(round -> round.isComplete() && round.divergent() == 0 && round.repaired() == 0);
  }

  @Test
  void aKeyThatIsWrittenAllTheTimeIsMergedAndNotCounted() {
    write(here, "hot");
    two.untilLookedAtOnce();
    deliver("hot");
    write(here, "hot");
    assertThat(two.round()).matches(round -> round.isComplete() && round.divergent() == 0 && round.repaired() == 1);
  }

  @Test
  void aDifferenceThatWasLookedAtOnceIsNotRepairedYet() {
    write(here, "k");
    two.untilLookedAtOnce();
    two.pass(TreeExchange.SECOND_LOOK_MILLIS - 100);
    assertThat(there.records()).isEmpty();
    two.pass(200);
    assertThat(there.records()).isEqualTo(here.records());
  }

  @Test
  void keysOfAnotherNAreComparedInATreeOfTheirOwn() {
    here.trees().partitionBy(five("five:"));
    there.trees().partitionBy(five("five:"));
    write(here, "five:1");
    write(there, "other");
    assertThat(two.round()).matches(round -> round.isComplete() && round.divergent() == 2);
    assertThat(here.records()).isEqualTo(there.records());
    assertThat(two.round()).matches(PairRound::isComplete);
    assertThat(two.sent()).isEqualTo(2);
  }

  @Test
  void nodesThatPartKeysDifferentlyDoNotCompare() {
    there.trees().partitionBy(five("five:"));
    write(here, "k");
    assertThat(two.round()).matches(round -> !round.isComplete());
    assertThat(there.records()).isEmpty();
  }

  @Test
  void aRoundInWhichSomethingFailsIsNotComplete() {
    write(here, "k");
    refusal = Optional.of(new StoreAnswer.Failed(StoreAnswer.Cause.BUSY, "not now"));
    assertThat(two.round()).matches(round -> !round.isComplete());
    refusal = Optional.empty();
    assertThat(two.round()).matches(PairRound::isComplete);
    assertThat(there.records()).isEqualTo(here.records());
  }

  @Test
  void whileTreesAreBuiltHereNothingIsAsked() {
    here.trees().setComplete(false);
    two.pass(5 * TwoReplicas.INTERVAL);
    assertThat(two.sent()).isZero();
    here.trees().setComplete(true);
    assertThat(two.round()).matches(PairRound::isComplete);
  }

  @Test
  void anEmptyReplicaGetsEverything() {
    for (int i = 0; i < 10_000; i++) {
      write(there, "k" + i);
    }
    assertThat(two.round()).matches(round -> round.isComplete() && round.repaired() == 10_000);
    assertThat(here.records()).isEqualTo(there.records());
  }

  private void writeBoth(String key) {
    write(here, key);
    deliver(key);
  }

  private void deliver(String key) {
    perform(there, new StoreStep.Merge(key(key), here.records().get(key(key))));
  }

  private static void write(MemoryReplicaStore store, String key) {
    perform(store, new StoreStep.Put(key(key), Content.of(Bytes.of("v")), Causality.BLIND, 0));
  }

  private static StoreAnswer perform(MemoryReplicaStore store, StoreStep step) {
    return store.perform(List.of(step), new Moment(0, 1_800_000_000_000L)).getFirst();
  }

  private static MemoryReplicaStore store(long seed) {
    return new MemoryReplicaStore(new HybridClock(0, 5_000), new SplittableRandom(seed));
  }

  private static ReplicaCounts five(String prefix) {
    var policy = new Policy(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.of(5), Optional.empty());
    return ReplicaCounts.of(PolicyTable.EMPTY.with(Bytes.of(prefix), Optional.of(policy)));
  }

  private static Key key(String text) {
    return Key.of(Bytes.of(text));
  }
}
