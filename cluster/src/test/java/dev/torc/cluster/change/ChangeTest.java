package dev.torc.cluster.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.change.ChangeResult.Done;
import dev.torc.cluster.change.ChangeResult.Refused;
import dev.torc.cluster.change.ChangeResult.Text;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Errors;
import dev.torc.protocol.command.ExpireRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redis's read-modify-write commands, on one value. */
class ChangeTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long LATER = NOW + 10_000;
  private static final int MAX = 100;
  private static final StoredRecord EXPIRED = holding(Content.of(bytes("5"), NOW));
  private static final List<StoredRecord> ABSENT = List.of(StoredRecord.EMPTY, holding(Content.TOMBSTONE), EXPIRED);

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "10, -11, -1", "9223372036854775806, 1, 9223372036854775807",
      "-9223372036854775807, -1, -9223372036854775808", "-9223372036854775808, 9223372036854775807, -1",
      "0, -9223372036854775808, -9223372036854775808", "9223372036854775807, -9223372036854775808, -1"})
  void aSumWithinSixtyFourBitsIsWritten(String held, long by, long sum) {
    assertNumber(new Change.Add(by).apply(value(held), NOW), "" + sum, sum);
  }

  @ParameterizedTest
  @CsvSource({"9223372036854775807, 1", "1, 9223372036854775807", "-9223372036854775808, -1",
      "-1, -9223372036854775808"})
  void aSumBeyondIsRefused(String held, long by) {
    assertRefused(new Change.Add(by).apply(value(held), NOW), Errors.INCREMENT_OVERFLOW);
  }

  @ParameterizedTest
  @CsvSource({"abc", "''", "' 1'", "'1 '", "+1", "01", "-0", "1.0", "9223372036854775808"})
  void whatIsNoIntegerIsNotAddedTo(String held) {
    assertRefused(new Change.Add(1).apply(value(held), NOW), Errors.NOT_AN_INTEGER);
  }

  @ParameterizedTest
  @CsvSource({"10.5, 0.1, 10.6", "5.0e3, 200, 5200", "0.1, 0.2, 0.3", "3, -3, 0", "1, 1e-17, 1.00000000000000001"})
  void decimalsAreAddedExactly(String held, BigDecimal by, String sum) {
    var step = new Change.AddDecimal(by).apply(value(held), NOW);
    assertThat(step).isEqualTo(Change.Step.to(Content.of(bytes(sum)), new Text(bytes(sum))));
  }

  @Test
  void whatIsNoDecimalOrBecomesTooLargeIsRefused() {
    assertRefused(new Change.AddDecimal(BigDecimal.ONE).apply(value("abc"), NOW), Errors.NOT_A_FLOAT);
    var large = new Change.AddDecimal(new BigDecimal("9e4932"));
    assertRefused(large.apply(value("9e4932"), NOW), Errors.NAN_OR_INFINITY);
  }

  @Test
  void appendingGivesTheNewLength() {
    assertNumber(new Change.Append(bytes("def"), MAX).apply(value("abc"), NOW), "abcdef", 6);
    assertThat(new Change.Append(Bytes.EMPTY, MAX).apply(value("abc"), NOW)).isEqualTo(unchanged(3));
    assertRefused(new Change.Append(bytes("x".repeat(98)), MAX).apply(value("abc"), NOW), Errors.STRING_TOO_LONG);
    assertNumber(new Change.Append(bytes("x".repeat(97)), MAX).apply(value("abc"), NOW), "abc" + "x".repeat(97), 100);
  }

  @ParameterizedTest
  @CsvSource({"Hello World, 6, Redis, Hello Redis", "abc, 1, X, aXc", "abc, 0, wxyz, wxyz", "abc, 3, d, abcd",
      "abc, 5, d, abc..d", "'', 2, x, ..x"})
  void overwritingPadsWithZeros(String held, long offset, String part, String expected) {
    var whole = expected.replace('.', '\0');
    assertNumber(new Change.Overwrite(offset, bytes(part), MAX).apply(value(held), NOW), whole, whole.length());
  }

  @Test
  void overwritingByNothingChangesNothingAndBeyondTheLimitIsRefused() {
    assertThat(new Change.Overwrite(50, Bytes.EMPTY, MAX).apply(value("abc"), NOW)).isEqualTo(unchanged(3));
    assertThat(new Change.Overwrite(Long.MAX_VALUE, Bytes.EMPTY, MAX).apply(StoredRecord.EMPTY, NOW))
        .isEqualTo(unchanged(0));
    for (long offset : new long[] {100, 1_000, Integer.MAX_VALUE, Long.MAX_VALUE}) {
      assertRefused(new Change.Overwrite(offset, bytes("x"), MAX).apply(value("abc"), NOW), Errors.STRING_TOO_LONG);
    }
    assertThat(new Change.Overwrite(99, bytes("x"), MAX).apply(value("abc"), NOW).result())
        .isEqualTo(new ChangeResult.Number(100));
    assertThatThrownBy(() -> new Change.Overwrite(-1, bytes("x"), MAX)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatWasDeletedOrHasExpiredCountsAsAbsent() {
    for (var absent : ABSENT) {
      assertNumber(new Change.Add(7).apply(absent, NOW), "7", 7);
      assertThat(new Change.AddDecimal(BigDecimal.TEN).apply(absent, NOW).result()).isEqualTo(new Text(bytes("10")));
      assertNumber(new Change.Append(bytes("ab"), MAX).apply(absent, NOW), "ab", 2);
      assertNumber(new Change.Append(Bytes.EMPTY, MAX).apply(absent, NOW), "", 0);
      assertNumber(new Change.Overwrite(2, bytes("x"), MAX).apply(absent, NOW), "\0\0x", 3);
      assertThat(new Change.Persist(true).apply(absent, NOW)).isEqualTo(undone(Optional.empty()));
      assertThat(new Change.Expire(LATER, ExpireRule.ANY, true).apply(absent, NOW)).isEqualTo(undone(Optional.empty()));
      assertThat(new Change.Remove(Condition.ALWAYS, true).apply(absent, NOW)).isEqualTo(undone(Optional.empty()));
      assertThat(put(Condition.XX, false).apply(absent, NOW)).isEqualTo(undone(Optional.empty()));
      assertThat(put(Condition.NX, false).apply(absent, NOW)).isEqualTo(done(Content.of(bytes("new")), null));
      assertThat(put(Condition.ALWAYS, true).apply(absent, NOW)).isEqualTo(done(Content.of(bytes("new")), null));
    }
  }

  @Test
  void theExpiryStaysWhereTheValueIsOnlyAmended() {
    var held = holding(Content.of(bytes("5"), LATER));
    for (var change : List.of(new Change.Add(1), new Change.AddDecimal(BigDecimal.ONE),
        new Change.Append(bytes("1"), MAX), new Change.Overwrite(0, bytes("1"), MAX), put(Condition.ALWAYS, true))) {
      assertThat(change.apply(held, NOW).content().orElseThrow().expiresAtMillis()).as("%s", change).isEqualTo(LATER);
    }
    assertThat(put(Condition.ALWAYS, false).apply(held, NOW).content()).hasValue(Content.of(bytes("new")));
  }

  @ParameterizedTest
  @CsvSource({"NX, 0, 20, true", "NX, 30, 20, false", "XX, 0, 20, false", "XX, 30, 20, true", "GT, 0, 20, false",
      "GT, 30, 20, false", "GT, 20, 20, false", "GT, 10, 20, true", "LT, 0, 20, true", "LT, 30, 20, true",
      "LT, 20, 20, false", "LT, 10, 20, false", "ANY, 0, 20, true", "ANY, 30, 20, true", "LT, 30, -5, true",
      "GT, 30, -5, false", "ANY, 0, 0, true", "ANY, 0, -5, true"})
  void anExpiryIsSetAsTheRuleAllowsAndOneInThePastDeletes(String rule, long heldSeconds, long newSeconds,
      boolean isDone) {
    var held = Content.of(bytes("v"), heldSeconds == 0 ? Content.NEVER : NOW + heldSeconds);
    var step = new Change.Expire(NOW + newSeconds, rule(rule), true).apply(holding(held), NOW);
    var after = newSeconds <= 0 ? Content.TOMBSTONE : Content.of(bytes("v"), NOW + newSeconds);
    assertThat(step).isEqualTo(isDone ? done(after, "v") : undone(Optional.of(bytes("v"))));
  }

  @Test
  void persistTakesTheExpiryAwayIfThereIsOne() {
    var expiring = holding(Content.of(bytes("v"), LATER));
    assertThat(new Change.Persist(true).apply(expiring, NOW)).isEqualTo(done(Content.of(bytes("v")), "v"));
    assertThat(new Change.Persist(true).apply(value("v"), NOW)).isEqualTo(undone(Optional.of(bytes("v"))));
  }

  @Test
  void aConditionalWriteTellsWhatWasThere() {
    assertThat(put(Condition.NX, false).apply(value("old"), NOW)).isEqualTo(undone(Optional.of(bytes("old"))));
    assertThat(put(Condition.XX, false).apply(value("old"), NOW)).isEqualTo(done(Content.of(bytes("new")), "old"));
    var same = new Condition(Condition.Kind.IFEQ, bytes("old"));
    assertThat(put(same, false).apply(value("old"), NOW)).isEqualTo(done(Content.of(bytes("new")), "old"));
    assertThat(put(same, false).apply(value("other"), NOW)).isEqualTo(undone(Optional.of(bytes("other"))));
    var silent = new Change.Put(Content.of(bytes("new")), false, Condition.NX, false);
    assertThat(silent.apply(value("old"), NOW)).isEqualTo(undone(Optional.empty()));
  }

  @Test
  void aConditionalDeleteLeavesATombstone() {
    assertThat(new Change.Remove(Condition.ALWAYS, true).apply(value("v"), NOW))
        .isEqualTo(done(Content.TOMBSTONE, "v"));
    var other = new Condition(Condition.Kind.IFEQ, bytes("w"));
    assertThat(new Change.Remove(other, false).apply(value("v"), NOW)).isEqualTo(undone(Optional.empty()));
  }

  @Test
  void aSwapIsDoneIfNobodyHasWrittenSinceTheContextWasRead() {
    var first = value("1");
    var swap = new Change.Swap(Context.of(first.version()), Content.of(bytes("2")), false);
    assertThat(swap.after()).isEqualTo(Context.of(first.version()));
    assertThat(swap.apply(first, NOW)).isEqualTo(done(Content.of(bytes("2")), null));
    var expiring = holding(Content.of(bytes("1"), LATER));
    var keeping = new Change.Swap(Context.of(expiring.version()), Content.of(bytes("2")), true);
    assertThat(keeping.apply(expiring, NOW)).isEqualTo(done(Content.of(bytes("2"), LATER), null));
    var since = first.update(first.version(), new Dot(9, 20), Content.of(bytes("other")));
    assertThat(swap.apply(since, NOW)).isEqualTo(undone(Optional.of(bytes("other"))));
    var sibling = first.update(VersionVector.EMPTY, new Dot(9, 20), Content.of(bytes("other")));
    assertThat(swap.apply(sibling, NOW)).isEqualTo(undone(Optional.of(bytes("other"))));
    var deleted = first.update(first.version(), new Dot(9, 20), Content.TOMBSTONE);
    assertThat(swap.apply(deleted, NOW)).isEqualTo(undone(Optional.empty()));
  }

  @Test
  void aSwapWithoutAContextIsDoneIfThereIsNoLiveValue() {
    var swap = new Change.Swap(Context.NOTHING, Content.of(bytes("2")), false);
    for (var absent : ABSENT) {
      assertThat(swap.apply(absent, NOW)).isEqualTo(done(Content.of(bytes("2")), null));
    }
    assertThat(swap.apply(value("1"), NOW)).isEqualTo(undone(Optional.of(bytes("1"))));
    var hidden = value("1").update(VersionVector.EMPTY, new Dot(9, 20), Content.TOMBSTONE);
    assertThat(swap.apply(hidden, NOW)).isEqualTo(undone(Optional.empty()));
  }

  private static Change put(Condition condition, boolean keepsExpiry) {
    return new Change.Put(Content.of(bytes("new")), keepsExpiry, condition, true);
  }

  private static ExpireRule rule(String name) {
    return new ExpireRule(name.equals("NX"), name.equals("XX"), name.equals("GT"), name.equals("LT"));
  }

  private static void assertNumber(Change.Step step, String value, long number) {
    assertThat(step).isEqualTo(Change.Step.to(Content.of(bytes(value)), new ChangeResult.Number(number)));
  }

  private static void assertRefused(Change.Step step, String error) {
    assertThat(step).isEqualTo(Change.Step.unchanged(new Refused(error)));
  }

  private static Change.Step unchanged(long number) {
    return Change.Step.unchanged(new ChangeResult.Number(number));
  }

  /** @param old null for none */
  private static Change.Step done(Content content, String old) {
    return Change.Step.to(content, new Done(true, Optional.ofNullable(old).map(Bytes::of)));
  }

  private static Change.Step undone(Optional<Bytes> old) {
    return Change.Step.unchanged(new Done(false, old));
  }

  private static StoredRecord value(String value) {
    return holding(Content.of(bytes(value)));
  }

  private static StoredRecord holding(Content content) {
    return StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(3, 10), content);
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text);
  }
}
