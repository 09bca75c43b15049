package dev.torc.compat.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
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

/** How many requests are answered while nodes die, counted. {@code -Davailability.seconds=}: for how long, 60; {@code -Davailability.period=}: how often a node dies, every 10 s. */
class AvailabilityTest {
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("availability.seconds", 60));
  private static final Duration PERIOD = Duration.ofSeconds(Integer.getInteger("availability.period", 10));
  private static final Duration AWAY = PERIOD.dividedBy(3);
  private static final int SECOND = 1_000;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void ofTenThousandQuorumRequestsAtMostOneFailsWhileOneNodeOfThreeDiesAgainAndAgain() throws IOException {
    try (var cluster = Cluster.start("availability", 3)) {
      int deaths = 0;
      try (var load = RetryingLoad.start(3, cluster::connect, (key, random) -> random.nextBoolean()
          ? List.of("KV.SET", key, "v" + random.nextInt(), "LEVEL", "QUORUM")
          : List.of("KV.GET", key, "LEVEL", "QUORUM"))) {
        load.awaitProgress(SECOND);
        for (long end = System.nanoTime() + TIME.toNanos(); System.nanoTime() < end; deaths++) {
          long next = System.nanoTime() + PERIOD.toNanos();
          cluster.kill(deaths % 3);
          Eventually.pass(AWAY);
          cluster.up();
          cluster.awaitAllUp();
          Eventually.pass(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
        load.stop();
        report("3 nodes, " + deaths + " times one was killed and started again", load);
        assertThat(load.outcomes().asked()).isGreaterThan(10L * SECOND);
        assertThat(load.failures().size()).as("of %d: %s", load.outcomes().asked(), load.failures())
            .isLessThanOrEqualTo((int) (load.outcomes().asked() / 10_000));
      }
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void everyWriteAtOneOrAnySucceedsWithTwoOfFiveNodesGone() throws IOException {
    try (var cluster = Cluster.start("two-of-five", 5)) {
      try (var load = RetryingLoad.start(3, cluster::connect, (key, random) -> List.of("KV.SET", key,
          "v" + random.nextInt(), "LEVEL", random.nextBoolean() ? "ONE" : "ANY"))) {
        load.awaitProgress(SECOND);
        cluster.kill(3);
        cluster.kill(4);
        load.awaitProgress(10 * SECOND);
        load.stop();
        report("5 nodes, 2 of them killed and gone", load);
        assertThat(load.failures()).isEmpty();
      }
    }
  }

  private static void report(String what, RetryingLoad load) throws IOException {
    var lines = new StringBuilder(what + ":\n");
    var outcomes = load.outcomes();
    outcomes.kinds().forEach(kind -> lines.append(String.format(Locale.ROOT, "- %s: %d asked, %d failed, %.4f %%%n",
        kind, outcomes.asked(kind), outcomes.asked(kind) - outcomes.succeeded(kind),
        100.0 * outcomes.succeeded(kind) / outcomes.asked(kind))));
    Files.writeString(Path.of("target", "availability.md"), lines, StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    System.out.println(lines);
  }
}
