package dev.torc.compat.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.Torc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How many requests are answered while nodes die, counted. {@code -Davailability.seconds=}: for how long, 60; {@code -Davailability.period=}: how often a node dies, every 10 s, or when the one before has
 * come back, if that takes longer.
 */
class AvailabilityTest {
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("availability.seconds", 60));
  private static final Duration PERIOD = Duration.ofSeconds(Integer.getInteger("availability.period", 10));
  private static final Duration AWAY = PERIOD.dividedBy(5);
  private static final int SECOND = 1_000;
  private static final int SECOND_CHANCE = 2;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void ofTenThousandQuorumRequestsAtMostOneFailsWhileOneNodeOfThreeDiesAgainAndAgain() throws IOException {
    try (var cluster = Cluster.start("availability", 3)) {
      int deaths = 0;
      try (var before = quorumRequests(cluster)) {
        before.awaitProgress(SECOND);
      }
      try (var load = quorumRequests(cluster)) {
        for (long end = System.nanoTime() + TIME.toNanos(); System.nanoTime() < end; deaths++) {
          long next = System.nanoTime() + PERIOD.toNanos();
          die(cluster, deaths % 3, deaths % 2 == 1);
          cluster.up();
          cluster.awaitAllUp();
          Eventually.pass(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
        load.stop();
        report("3 nodes, " + deaths + " times one died and was started again, every "
            + TIME.dividedBy(deaths).toSeconds() + " s", load);
        assertThat(load.outcomes().asked()).isGreaterThan(10L * SECOND);
        assertThat(load.failures().size()).as("of %d: %s", load.outcomes().asked(), load.failures())
            .isLessThanOrEqualTo((int) (load.outcomes().asked() / 10_000));
      }
    }
  }

  private static SteadyLoad quorumRequests(Cluster cluster) {
    return SteadyLoad.start(3, SECOND_CHANCE, node -> cluster.connect(node, SteadyLoad.TIMEOUT_MILLIS),
        (key, random) -> random.nextBoolean()
            ? List.of("KV.SET", key, "v" + random.nextInt(), "LEVEL", "QUORUM")
            : List.of("KV.GET", key, "LEVEL", "QUORUM"));
  }

  /** @param silently it answers nobody first, while its connections stay open, as where a machine loses its network */
  private static void die(Cluster cluster, int node, boolean silently) {
    if (silently) {
      Torc.signal("STOP", cluster.pid(node));
      Eventually.pass(AWAY);
    }
    cluster.kill(node);
    if (!silently) {
      Eventually.pass(AWAY);
    }
  }

  /** Without a second chance, of clients that talk to nodes that are there. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void everyWriteAtOneOrAnySucceedsWithTwoOfFiveNodesGone() throws IOException {
    try (var cluster = Cluster.start("two-of-five", 5)) {
      try (var before = writesAtOneAndAny(cluster)) {
        before.awaitProgress(SECOND);
        cluster.kill(3);
        cluster.kill(4);
        before.awaitProgress(SECOND);
      }
      try (var load = writesAtOneAndAny(cluster)) {
        load.awaitProgress(3 * SECOND);
        load.stop();
        report("5 nodes, 2 of them killed and gone", load);
        assertThat(load.failures()).isEmpty();
      }
    }
  }

  private static SteadyLoad writesAtOneAndAny(Cluster cluster) {
    return SteadyLoad.start(3, 1, node -> cluster.connect(node, SteadyLoad.TIMEOUT_MILLIS),
        (key, random) -> List.of("KV.SET", key, "v" + random.nextInt(), "LEVEL", random.nextBoolean() ? "ONE" : "ANY"));
  }

  private static void report(String what, SteadyLoad load) throws IOException {
    var lines = new StringBuilder(what + ":\n");
    var outcomes = load.outcomes();
    outcomes.kinds().forEach(kind -> lines.append(String.format(Locale.ROOT, "- %s: %d asked, %d failed, %.4f %%%n",
        kind, outcomes.asked(kind), outcomes.asked(kind) - outcomes.succeeded(kind),
        100.0 * outcomes.succeeded(kind) / outcomes.asked(kind))));
    lines.append(String.format(Locale.ROOT, "- answered after: 99 %% %.1f ms, 99.9 %% %.1f ms, all %.1f ms%n",
        load.latencyOfOneIn(100) / 1e6, load.latencyOfOneIn(1_000) / 1e6,
        load.latencyOfOneIn(Integer.MAX_VALUE) / 1e6));
    Files.writeString(Path.of("target", "availability.md"), lines, StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    System.out.println(lines);
  }
}
