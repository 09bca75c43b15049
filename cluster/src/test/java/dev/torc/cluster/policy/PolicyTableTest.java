package dev.torc.cluster.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.time.Hlc;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyTableTest {
  private static final NodeId NODE = new NodeId(1);
  private static final Policy LATEST = new Policy(Optional.of(Conflict.LATEST), Optional.empty(), Optional.empty(),
      OptionalInt.empty(), Optional.empty());
  private static final Policy READ_ONE = new Policy(Optional.empty(), Optional.of(Level.ONE), Optional.empty(),
      OptionalInt.empty(), Optional.empty());

  @Test
  void mergeIsCommutativeAssociativeAndIdempotent() {
    for (int seed = 0; seed < 5_000; seed++) {
      var generator = new PolicyGenerator(seed);
      var a = generator.table();
      var b = generator.table();
      var c = generator.table();
      assertThat(a.merge(b)).isEqualTo(b.merge(a)).hasSameHashCodeAs(b.merge(a));
      assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
      assertThat(a.merge(b).merge(b)).isEqualTo(a.merge(b));
      assertThat(a.merge(a)).isSameAs(a);
    }
  }

  @Test
  void tablesThatAreFullMergeByTheSameLaws() {
    var a = full(0, 7);
    var b = full(500, 9);
    var c = full(250, 8);
    assertThat(a.merge(b).entries()).hasSize(PolicyTable.MAX_ENTRIES);
    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
    assertThat(a.hasRoomFor(Bytes.of("other"))).isFalse();
    assertThat(a.hasRoomFor(a.entries().getFirst().prefix())).isTrue();
  }

  @Test
  void digestsTellTablesApart() {
    for (int seed = 0; seed < 5_000; seed++) {
      var generator = new PolicyGenerator(seed);
      var a = generator.table();
      var b = generator.table();
      assertThat(a.digest() == b.digest()).isEqualTo(a.equals(b));
    }
  }

  @Test
  void ofEachAttributeTheLongestPrefixThatSaysItDecides() {
    for (int seed = 0; seed < 3_000; seed++) {
      var generator = new PolicyGenerator(seed);
      var table = generator.table();
      for (int i = 0; i < 20; i++) {
        var key = generator.word(6);
        assertThat(table.resolve(key)).as("seed %s, key %s", seed, key).isEqualTo(byTheBook(table, key));
      }
    }
  }

  private static Policy byTheBook(PolicyTable table, Bytes key) {
    return table.said().stream().filter(entry -> begins(key, entry.prefix()))
        .sorted(Comparator.comparing(entry -> -entry.prefix().size())).map(entry -> entry.policy().orElseThrow())
        .reduce(Policy.NONE, Policy::over);
  }

  private static boolean begins(Bytes key, Bytes prefix) {
    return key.size() >= prefix.size() && key.slice(0, prefix.size()).equals(prefix);
  }

  @Test
  void anEmptyTableSaysNothingOfAnyKey() {
    assertThat(PolicyTable.EMPTY.resolve(Bytes.of("a"))).isSameAs(Policy.NONE);
    assertThat(PolicyTable.EMPTY.merge(PolicyTable.EMPTY)).isSameAs(PolicyTable.EMPTY);
  }

  @Test
  void theEmptyPrefixIsEveryKey() {
    var table = PolicyTable.of(List.of(entry("", LATEST, 1), entry("a", READ_ONE, 1)));
    assertThat(table.resolve(Bytes.EMPTY)).isEqualTo(LATEST);
    assertThat(table.resolve(Bytes.of("b"))).isEqualTo(LATEST);
    assertThat(table.resolve(Bytes.of("ab"))).isEqualTo(READ_ONE.over(LATEST));
  }

  @Test
  void aRemovalWinsOverWhatItRemovesAndIsForgottenAfterAWeek() {
    long removedAt = 1_000;
    var said = PolicyTable.of(List.of(entry("a", LATEST, Hlc.atMillis(removedAt) - 1)));
    var removed = said.merge(
        List.of(new PolicyEntry(Bytes.of("a"), Optional.empty(), Hlc.atMillis(removedAt), NODE)));
    assertThat(removed.merge(said)).isEqualTo(removed);
    assertThat(removed.resolve(Bytes.of("a"))).isEqualTo(Policy.NONE);
    assertThat(removed.at(Bytes.of("a"))).isEmpty();
    long week = removedAt + PolicyTable.REMOVED_KEPT_MILLIS;
    assertThat(removed.forget(week)).isSameAs(removed);
    assertThat(removed.forget(week + 1)).isEqualTo(PolicyTable.EMPTY);
    assertThat(said.forget(week + 1)).as("what stands is never forgotten").isSameAs(said);
  }

  @Test
  void whatIsSaidAtRunTimeWinsOverTheConfigurationOfThatPrefix() {
    var configured = new TreeMap<Bytes, Policy>();
    configured.put(Bytes.of("a"), LATEST);
    configured.put(Bytes.of("b"), LATEST);
    var changed = PolicyTable.of(List.of(entry("a", READ_ONE, 1), entry("c", READ_ONE, 1)));
    var whole = new PolicyLayers(PolicyTable.configured(configured), changed).whole();
    assertThat(whole.resolve(Bytes.of("a"))).isEqualTo(READ_ONE);
    assertThat(whole.resolve(Bytes.of("b"))).isEqualTo(LATEST);
    assertThat(whole.resolve(Bytes.of("c"))).isEqualTo(READ_ONE);
  }

  @Test
  void whatIsTooLongOrTooManyIsNoPolicy() {
    assertThatThrownBy(() -> new PolicyEntry(Bytes.of("p".repeat(257)), Optional.empty(), 0, NODE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Policy(Optional.empty(), Optional.of(new Level.Count(17)), Optional.empty(),
        OptionalInt.empty(), Optional.empty())).hasMessage("level 17, allowed is 1 to 16");
    assertThatThrownBy(() -> new Policy(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.of(0),
        Optional.empty())).hasMessage("replicas 0, allowed is 1 to 16");
  }

  private static PolicyEntry entry(String prefix, Policy policy, long hlc) {
    return new PolicyEntry(Bytes.of(prefix), Optional.of(policy), hlc, NODE);
  }

  private static PolicyTable full(int from, long hlc) {
    return PolicyTable.of(IntStream.range(from, from + PolicyTable.MAX_ENTRIES)
        .mapToObj(i -> entry("p%04d".formatted(i), LATEST, hlc)).toList());
  }
}
