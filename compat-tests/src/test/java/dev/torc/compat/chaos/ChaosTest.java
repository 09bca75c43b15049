package dev.torc.compat.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.history.Outcomes;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Five nodes, real clients, and everything that one machine can do to them, from a seed, {@code -Dchaos.minutes=} long. What was acknowledged must be there in the end. What was done
 * and how it went is in target/reliability.md. {@code -Dchaos.seed=}: a number, of which an even one has a node lose its last second with its power; else always the same; {@code drawn}: another one each time.
 */
class ChaosTest {
  private static final String ALWAYS_THE_SAME = "20261130";
  private static final Duration TIME = Duration.ofSeconds(Math.round(60 * Double.parseDouble(
      System.getProperty("chaos.minutes", "2"))));
  /** As many requests at least must have succeeded: a third. */
  private static final int WORTH_JUDGING = 3;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void whatWasAcknowledgedIsThereInTheEnd() throws IOException {
    long seed = seed();
    System.out.println("chaos: -Dchaos.seed=" + seed);
    var random = new Random(seed);
    boolean losesLastSecond = seed % 2 == 0;
    try (var stage = Stage.open(random, losesLastSecond, "request.timeout=1000 ms", "antientropy.interval=1 s")) {
      var outcomes = new Outcomes();
      var mayhem = new Mayhem(stage, random);
      var loads = Loads.start(stage, random, outcomes);
      try (loads) {
        mayhem.run(TIME);
        stage.cluster().awaitAllUp();
      }
      var convergence = Convergence.await(stage, loads);
      new ReliabilityReport(seed, TIME, mayhem, outcomes, convergence).write();
      assertThat(loads.failures()).as("seed %d", seed).isEmpty();
      assertWorthJudging(stage, mayhem, outcomes);
      assertThat(loads.versioned().violations(stage.powerCuts(), convergence::copies)).as("seed %d", seed).isEmpty();
      assertThat(convergence.differing()).as("seed %d: keys whose replicas differ", seed).isEmpty();
      loads.readStrongKeys();
      loads.strong().assertLinearizable();
      loads.plain().forEach(writer -> assertKept(writer, convergence));
    }
  }

  private static long seed() {
    String text = System.getProperty("chaos.seed", ALWAYS_THE_SAME);
    return text.equals("drawn") ? System.currentTimeMillis() / 1000 : Long.parseLong(text);
  }

  /** A run in which nothing succeeded, or nothing went wrong, would pass all judges. */
  private static void assertWorthJudging(Stage stage, Mayhem mayhem, Outcomes outcomes) {
    assertThat(Loads.KINDS).allSatisfy(kind -> assertThat(outcomes.succeeded(kind)).as(kind).isPositive());
    assertThat(outcomes.succeeded()).isGreaterThan(outcomes.asked() / WORTH_JUDGING);
    if (stage.losesLastSecond() && mayhem.done().containsKey(FaultKind.POWER_CUT)) {
      assertThat(stage.lostBytes()).as("what the power cuts took").isPositive();
    }
    if (mayhem.longFaults() > 0) {
      assertThat(mayhem.foundDown()).as("how often somebody was found down").isPositive();
    }
  }

  private static void assertKept(PlainWriter writer, Convergence convergence) {
    convergence.assertHolds(writer.history().acknowledged());
    writer.goOnInCalm();
    assertThat(writer.history().violations()).isEmpty();
    assertThat(writer.history().judgedInCalm()).isPositive();
  }
}
