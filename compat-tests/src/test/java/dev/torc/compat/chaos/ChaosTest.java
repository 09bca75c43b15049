package dev.torc.compat.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.history.KeyEvent.Write;
import dev.torc.compat.history.Outcomes;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Five nodes, real clients, and everything that one machine can do to them, from a seed: {@code -Dchaos.seed=}, and {@code -Dchaos.minutes=} long. What was acknowledged must be
 * there in the end. What was done and how it went is in target/reliability.md.
 */
class ChaosTest {
  private static final long SEED = Long.getLong("chaos.seed", System.currentTimeMillis() / 1000);
  private static final Duration TIME = Duration.ofSeconds(Math.round(60 * Double.parseDouble(
      System.getProperty("chaos.minutes", "2"))));
  /** Under everysec a power cut loses what was written in the last second, or a little more where the disk was busy. */
  private static final Duration UNSYNCED = Duration.ofSeconds(3);

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void whatWasAcknowledgedIsThereInTheEnd() throws IOException {
    System.out.println("chaos: -Dchaos.seed=" + SEED);
    var random = new Random(SEED);
    boolean losesLastSecond = SEED % 2 == 0;
    try (var stage = Stage.open(random, losesLastSecond ? "everysec" : "always", settings())) {
      var outcomes = new Outcomes();
      var mayhem = new Mayhem(stage, random);
      var loads = Loads.start(stage, random, outcomes);
      try (loads) {
        mayhem.run(TIME);
        stage.cluster().awaitAllUp();
      }
      var convergence = Convergence.await(stage, loads);
      new ReliabilityReport(SEED, TIME, mayhem, outcomes, convergence).write();
      assertThat(loads.failures()).as("seed %d", SEED).isEmpty();
      assertThat(loads.versioned().violations(write -> mayBeLost(write, stage, losesLastSecond),
          write -> isJustBeforeACut(write, stage, losesLastSecond), convergence::copies)).as("seed %d", SEED).isEmpty();
      assertThat(convergence.differing()).as("seed %d: keys whose replicas differ", SEED).isEmpty();
      loads.strong().assertLinearizable();
      loads.plain().forEach(writer -> convergence.assertHolds(writer.acknowledged()));
    }
  }

  private static String[] settings() {
    return Build.repairsItself()
        ? new String[] {"request.timeout=1000 ms", "antientropy.interval=1 s"}
        : new String[] {"request.timeout=1000 ms"};
  }

  private static boolean mayBeLost(Write write, Stage stage, boolean losesLastSecond) {
    return !write.isQuorum() && isJustBeforeACut(write, stage, losesLastSecond);
  }

  private static boolean isJustBeforeACut(Write write, Stage stage, boolean losesLastSecond) {
    return losesLastSecond && stage.powerCuts().stream()
        .anyMatch(cut -> write.returned() < cut + UNSYNCED.toNanos() && write.returned() > cut - UNSYNCED.toNanos());
  }
}
