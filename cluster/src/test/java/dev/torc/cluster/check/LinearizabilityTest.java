package dev.torc.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.check.RegisterOp.Add;
import dev.torc.cluster.check.RegisterOp.Append;
import dev.torc.cluster.check.RegisterOp.Condition.IsAbsent;
import dev.torc.cluster.check.RegisterOp.Condition.IsEqual;
import dev.torc.cluster.check.RegisterOp.Put;
import dev.torc.cluster.check.RegisterOp.PutIf;
import dev.torc.cluster.check.RegisterOp.Read;
import dev.torc.cluster.check.RegisterOp.RemoveIfEquals;
import dev.torc.cluster.check.RegisterResult.Applied;
import dev.torc.cluster.check.RegisterResult.Found;
import dev.torc.cluster.check.RegisterResult.Number;
import dev.torc.cluster.check.Verdict.Linearizable;
import dev.torc.cluster.check.Verdict.NotLinearizable;
import dev.torc.cluster.check.Verdict.Undecided;
import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checker lets pass what is linearizable and nothing else: told as stories of one key, and beside a checker that tries every order. */
class LinearizabilityTest {
  private static final RegisterModel MODEL = new RegisterModel();

  @Test
  void aReadSeesTheWriteBeforeIt() {
    passes(List.of(put("a", 0, 1), read("a", 2, 3)));
    passes(List.of(read(null, 0, 1), put("a", 2, 3)));
    passes(List.of());
  }

  @Test
  void aStaleReadAfterAnAcknowledgedWriteFails() {
    fails(List.of(put("a", 0, 1), put("b", 2, 3), read("a", 4, 5)));
    fails(List.of(put("a", 0, 1), read(null, 2, 3)));
  }

  @Test
  void aReadBesideAWriteMaySeeEither() {
    passes(List.of(put("a", 0, 1), put("b", 2, 5), read("a", 3, 4)));
    passes(List.of(put("a", 0, 1), put("b", 2, 5), read("b", 3, 4)));
  }

  @Test
  void whatEndsAsAnotherBeginsIsBesideIt() {
    passes(List.of(put("a", 0, 1), put("b", 2, 3), read("a", 3, 4)));
    fails(List.of(put("a", 0, 1), put("b", 2, 3), read("a", 4, 5)));
  }

  @Test
  void aValueThatNobodyWroteFails() {
    fails(List.of(put("a", 0, 9), read("b", 1, 2)));
  }

  @Test
  void aValueDoesNotReturnAfterItWasOverwritten() {
    fails(List.of(put("a", 0, 9), put("b", 0, 9), read("a", 1, 2), read("b", 3, 4), read("a", 5, 6)));
    passes(List.of(put("a", 0, 9), put("b", 0, 9), read("a", 1, 2), read("b", 3, 4), read("b", 5, 6)));
  }

  @Test
  void ofTwoThatCreateOneSucceeds() {
    passes(List.of(putIfAbsent("a", true, 0, 9), putIfAbsent("b", false, 0, 9)));
    fails(List.of(putIfAbsent("a", true, 0, 9), putIfAbsent("b", true, 0, 9)));
    fails(List.of(putIfAbsent("a", false, 0, 9), putIfAbsent("b", false, 0, 9)));
  }

  @Test
  void twoIncrementsDoNotReturnTheSame() {
    passes(List.of(add(1, 1, 0, 9), add(1, 2, 0, 9)));
    fails(List.of(add(1, 1, 0, 9), add(1, 1, 0, 9)));
    fails(List.of(add(1, 2, 0, 1), add(1, 1, 2, 3)));
  }

  @Test
  void ofTwoThatCompareWithTheSameValueOneSucceeds() {
    passes(List.of(put("a", 0, 1), putIfEqual("a", "b", true, 2, 9), putIfEqual("a", "c", false, 2, 9),
        read("b", 10, 11)));
    fails(List.of(put("a", 0, 1), putIfEqual("a", "b", true, 2, 9), putIfEqual("a", "c", true, 2, 9)));
    fails(List.of(put("a", 0, 1), putIfEqual("a", "b", true, 2, 9), putIfEqual("a", "c", false, 2, 9),
        read("c", 10, 11)));
  }

  @Test
  void aLockThatIsAnothersIsNotReleased() {
    passes(List.of(put("mine", 0, 1), removeIfEquals("other's", false, 2, 3), read("mine", 4, 5)));
    fails(List.of(put("mine", 0, 1), removeIfEquals("other's", true, 2, 3)));
    fails(List.of(put("mine", 0, 1), removeIfEquals("other's", false, 2, 3), read(null, 4, 5)));
  }

  @Test
  void appendsShowTheirOrder() {
    passes(List.of(append("ab", 3, 0, 9), append("c", 1, 0, 9), read("cab", 10, 11)));
    fails(List.of(append("ab", 3, 0, 9), append("c", 1, 0, 9), read("abc", 10, 11)));
  }

  @Test
  void anUnknownWriteMayBeSeenLateOrNever() {
    passes(List.of(put("a", 0, 1), maybe(new Put(Bytes.of("b")), 2), read("a", 3, 4), read("a", 50, 51),
        read("b", 98, 99)));
    passes(List.of(put("a", 0, 1), maybe(new Put(Bytes.of("b")), 2), read("a", 3, 4)));
    passes(List.of(put("a", 0, 1), maybe(new Put(Bytes.of("b")), 2), put("c", 3, 4), read("b", 5, 6)));
  }

  @Test
  void anUnknownWriteThatWasSeenIsNotUnseen() {
    fails(List.of(put("a", 0, 1), maybe(new Put(Bytes.of("b")), 2), read("b", 3, 4), read("a", 5, 6)));
    fails(List.of(put("a", 0, 1), maybe(new Put(Bytes.of("b")), 2), put("c", 3, 4), read("b", 5, 6), read("c", 7, 8)));
  }

  @Test
  void anUnknownCallHasNoEffectBeforeItIsInvoked() {
    fails(List.of(read("b", 0, 1), maybe(new Put(Bytes.of("b")), 2)));
    passes(List.of(read("b", 0, 2), maybe(new Put(Bytes.of("b")), 2)));
  }

  @Test
  void anUnknownCallTakesEffectOnce() {
    passes(List.of(maybe(new Add(1), 0), add(1, 2, 1, 2)));
    fails(List.of(maybe(new Add(1), 0), add(1, 3, 1, 2)));
    passes(List.of(maybe(new Add(1), 0), maybe(new Add(1), 0), add(1, 3, 1, 2)));
    fails(List.of(maybe(new Add(1), 0), add(1, 3, 1, 2), maybe(new Add(1), 3)));
  }

  @Test
  void unknownCallsMayBuildOnEachOther() {
    passes(List.of(maybe(new Put(Bytes.of("5")), 0), maybe(new Add(2), 0), maybe(new Append(Bytes.of("0")), 0),
        read("70", 1, 2)));
    fails(List.of(maybe(new Put(Bytes.of("5")), 0), maybe(new Add(2), 0), maybe(new Append(Bytes.of("0")), 0),
        read("80", 1, 2)));
  }

  @Test
  void theVerdictSaysWhereItEnded() {
    var first = put("a", 0, 1);
    var second = put("b", 2, 3);
    var stale = read("a", 4, 5);
    var verdict = (NotLinearizable<RegisterOp, RegisterResult>) Linearizability.check(MODEL,
        List.of(stale, first, second));
    assertThat(verdict.deadEnd())
        .isEqualTo(new Verdict.DeadEnd<>(List.of(first, second), "Optional[b]", List.of(stale)));
    assertThat(verdict.toString()).contains("[4, 5] client 0: Read[] → Found[value=Optional[a]]");
  }

  @Test
  void aSmallBudgetLeavesItUndecided() {
    var calls = RandomHistory.large(1, 200, 10, 5);
    assertThat(Linearizability.check(MODEL, calls, new Budget(10, 1_000))).isInstanceOf(Undecided.class);
    assertThat(Linearizability.check(MODEL, calls, new Budget(1_000, 10))).isInstanceOf(Undecided.class);
  }

  @Test
  void smallHistoriesAreJudgedAsByTryingEveryOrder() {
    int linearizable = 0;
    for (long seed = 1; seed <= 10_000; seed++) {
      var calls = RandomHistory.small(seed);
      boolean expected = EveryOrder.isLinearizable(MODEL, calls);
      linearizable += expected ? 1 : 0;
      switch (Linearizability.check(MODEL, calls)) {
        case Linearizable(var order) -> {
          assertThat(expected).as("seed %d: %s", seed, calls).isTrue();
          assertThat(EveryOrder.explains(order, MODEL, calls)).as("seed %d: %s", seed, order).isTrue();
        }
        case NotLinearizable(var deadEnd) -> assertThat(expected).as("seed %d: %s", seed, deadEnd).isFalse();
        case Undecided(var deadEnd) -> throw new AssertionError("seed " + seed + ": " + deadEnd);
      }
    }
    assertThat(linearizable).as("linearizable ones, so that both kinds are many").isBetween(3_000, 8_000);
  }

  @Test
  void largeHistoriesOfALinearizableRegisterPass() {
    for (long seed = 1; seed <= 20; seed++) {
      var calls = RandomHistory.large(seed, 2_000, 10, 5);
      var verdict = Linearizability.check(MODEL, calls);
      assertThat(verdict).as("seed %d", seed).isInstanceOf(Linearizable.class);
      var order = ((Linearizable<RegisterOp, RegisterResult>) verdict).order();
      assertThat(EveryOrder.explains(order, MODEL, calls)).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void oneWrongAnswerAmongThousandsFails() {
    for (long seed = 1; seed <= 20; seed++) {
      var calls = RandomHistory.corrupted(seed, RandomHistory.large(seed, 2_000, 10, 0));
      assertThat(Linearizability.check(MODEL, calls)).as("seed %d", seed).isInstanceOf(NotLinearizable.class);
    }
  }

  @Test
  void aWrongAnswerDoesNotPassBesideUnknownCalls() {
    for (long seed = 1; seed <= 20; seed++) {
      var calls = RandomHistory.corrupted(seed, RandomHistory.large(seed, 100, 5, 5));
      assertThat(Linearizability.check(MODEL, calls)).as("seed %d", seed).isInstanceOf(NotLinearizable.class);
    }
  }

  private static void passes(List<Call<RegisterOp, RegisterResult>> calls) {
    assertThat(Linearizability.check(MODEL, calls)).isInstanceOf(Linearizable.class);
  }

  private static void fails(List<Call<RegisterOp, RegisterResult>> calls) {
    assertThat(Linearizability.check(MODEL, calls)).isInstanceOf(NotLinearizable.class);
  }

  private static Call<RegisterOp, RegisterResult> put(String value, long invoked, long returned) {
    return Call.known(0, new Put(Bytes.of(value)), new Applied(true), invoked, returned);
  }

  /** A null value: nothing is there. */
  private static Call<RegisterOp, RegisterResult> read(String value, long invoked, long returned) {
    return Call.known(0, new Read(), new Found(Optional.ofNullable(value).map(Bytes::of)), invoked, returned);
  }

  private static Call<RegisterOp, RegisterResult> putIfAbsent(String value, boolean applied, long invoked,
      long returned) {
    return Call.known(0, new PutIf(Bytes.of(value), new IsAbsent()), new Applied(applied), invoked, returned);
  }

  private static Call<RegisterOp, RegisterResult> putIfEqual(String expected, String value, boolean applied,
      long invoked, long returned) {
    return Call.known(0, new PutIf(Bytes.of(value), new IsEqual(Bytes.of(expected))), new Applied(applied), invoked,
        returned);
  }

  private static Call<RegisterOp, RegisterResult> removeIfEquals(String expected, boolean applied, long invoked,
      long returned) {
    return Call.known(0, new RemoveIfEquals(Bytes.of(expected)), new Applied(applied), invoked, returned);
  }

  private static Call<RegisterOp, RegisterResult> add(long by, long sum, long invoked, long returned) {
    return Call.known(0, new Add(by), new Number(sum), invoked, returned);
  }

  private static Call<RegisterOp, RegisterResult> append(String suffix, long length, long invoked, long returned) {
    return Call.known(0, new Append(Bytes.of(suffix)), new Number(length), invoked, returned);
  }

  private static Call<RegisterOp, RegisterResult> maybe(RegisterOp op, long invoked) {
    return Call.unknown(1, op, invoked);
  }
}
