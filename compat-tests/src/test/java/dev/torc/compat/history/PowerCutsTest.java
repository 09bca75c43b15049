package dev.torc.compat.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.VersionVector;
import dev.torc.compat.history.KeyEvent.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power of node 4 is cut in the tenth second. */
class PowerCutsTest {
  private static final int CUT = 4;
  private static final List<Integer> WITH_IT = List.of(0, 2, CUT);
  private static final List<Integer> WITHOUT_IT = List.of(0, 2, 3);

  private final PowerCuts cuts = new PowerCuts(CUT);

  PowerCutsTest() {
    cuts.add(seconds(10), seconds(10.5));
  }

  private static long seconds(double seconds) {
    return Math.round(seconds * Duration.ofSeconds(1).toNanos());
  }

  private static Write write(Level level, int node, double returned) {
    var after = Context.of(VersionVector.of(new Dot(1, 1)));
    return new Write(0, node, level, Optional.of("v"), Optional.empty(), seconds(returned - 0.1), seconds(returned),
        Optional.of(after));
  }

  @ParameterizedTest
  @EnumSource(value = Level.class, names = {"ONE", "ANY"})
  void whatTheMachineAloneHasAcknowledgedJustBeforeMayBeGone(Level level) {
    assertThat(cuts.mayHaveTaken(write(level, CUT, 9.9), WITH_IT)).isTrue();
    assertThat(cuts.mayHaveTaken(write(level, CUT, 9.9), WITHOUT_IT)).as("it stood in").isTrue();
    assertThat(cuts.mayHaveTaken(write(level, 1, 9.9), WITH_IT)).as("passed on to it").isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = Level.class, names = {"SLOPPY", "QUORUM", "ALL"})
  void whatTwoNodesHaveAcknowledgedIsNotLostWithThePowerOfOne(Level level) {
    assertThat(cuts.mayHaveTaken(write(level, CUT, 9.9), WITH_IT)).isFalse();
  }

  @Test
  void whatAnotherNodeHasAcknowledgedIsNotLost() {
    assertThat(cuts.mayHaveTaken(write(Level.ONE, 0, 9.9), WITH_IT)).as("by a replica itself").isFalse();
    assertThat(cuts.mayHaveTaken(write(Level.ONE, 1, 9.9), WITHOUT_IT)).as("passed on to others").isFalse();
  }

  @Test
  void whatWasSyncedOrCameAfterwardsIsNotLost() {
    assertThat(cuts.mayHaveTaken(write(Level.ONE, CUT, 6.9), WITH_IT)).isFalse();
    assertThat(cuts.mayHaveTaken(write(Level.ONE, CUT, 11.6), WITH_IT)).isFalse();
    assertThat(new PowerCuts(CUT).mayHaveTaken(write(Level.ONE, CUT, 9.9), WITH_IT)).isFalse();
  }

  @Test
  void aHistoryIsJudgedByThatAndByNothingElse() {
    assertThat(violations(Level.ONE)).isEmpty();
    assertThat(violations(Level.SLOPPY)).isNotEmpty()
        .allSatisfy(violation -> assertThat(violation).contains("an acknowledged write is lost"));
  }

  private List<String> violations(Level level) {
    var history = new VersionedHistory();
    history.add("k", write(level, CUT, 9.9));
    var copies = Stream.of(0, 2, CUT).map(node -> new KeyCopy(node, VersionVector.EMPTY, Map.of())).toList();
    return history.violations(cuts, key -> copies);
  }
}
