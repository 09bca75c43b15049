package dev.torc.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The whole cluster on one thread. {@code -Dsim.seeds=N} runs N seeds (300), {@code -Dsim.from=N} begins elsewhere, {@code -Dsim.seed=N} runs one
 * and prints its trace.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulationTest {
  private static final int MOST_FAILURES = 5;

  @Test
  @Order(1)
  void seedsThatFailedOnceDoNotFailAgain() throws IOException {
    for (var result : runAll(onceFailed())) {
      assertThat(result.broken()).as(result.message()).isEmpty();
    }
  }

  @Test
  void nothingThatWasPromisedIsBrokenUnderAnySeed() {
    if (Long.getLong("sim.seed") instanceof Long seed) {
      var result = Simulation.run(seed, Mutant.NONE, true);
      result.trace().forEach(System.out::println);
      assertThat(result.broken()).as(result.message()).isEmpty();
      return;
    }
    long from = Long.getLong("sim.from", 1);
    var failures = new ArrayList<String>();
    long requests = 0;
    long succeeded = 0;
    long strong = 0;
    long strongSucceeded = 0;
    var announced = new EnumMap<Effect.Event, Integer>(Effect.Event.class);
    for (var result : runAll(LongStream.range(from, from + Integer.getInteger("sim.seeds", 300)))) {
      requests += result.requests();
      succeeded += result.succeeded();
      strong += result.strong();
      strongSucceeded += result.strongSucceeded();
      result.announced().forEach((event, count) -> announced.merge(event, count, Integer::sum));
      if (!result.broken().isEmpty()) {
        failures.add(result.message());
      }
    }
    assertThat(failures).as(String.join("\n\n", failures)).isEmpty();
    assertThat(succeeded).as("of " + requests + " requests most succeed, rough as it is").isGreaterThan(requests / 2);
    assertThat(strongSucceeded).as("of " + strong + " strong operations most succeed").isGreaterThan(strong / 2);
    var expected = EnumSet.allOf(Effect.Event.class);
    expected.removeAll(EnumSet.of(Effect.Event.REPAIRED_BY_COMPARISON,
        Effect.Event.HINT_DROPPED));
    assertThat(announced).as("each of these must have come about; background work has its own tests")
        .containsKeys(expected.toArray(Effect.Event[]::new));
  }

  @Test
  void oneSeedRunsTheSameWayTwice() {
    for (long seed = 1; seed <= 10; seed++) {
      var first = Simulation.run(seed, Mutant.NONE, true);
      var second = Simulation.run(seed, Mutant.NONE, true);
      assertThat(second.trace().hashCode()).isEqualTo(first.trace().hashCode());
      assertThat(second.events()).isEqualTo(first.events());
    }
  }

  /** Each seed on one thread, as many at once as there are cores; in the order of the seeds, and no more of them once {@link #MOST_FAILURES} have failed. */
  private static List<Simulation.Result> runAll(LongStream seeds) {
    var failed = new AtomicInteger();
    try (var workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      var runs = seeds.mapToObj(seed -> workers.submit(() -> failed.get() < MOST_FAILURES ? run(seed, failed) : null))
          .toList();
      return runs.stream().map(SimulationTest::done).filter(Objects::nonNull).toList();
    }
  }

  private static Simulation.Result run(long seed, AtomicInteger failed) {
    var result = Simulation.run(seed);
    if (!result.broken().isEmpty()) {
      failed.incrementAndGet();
    }
    return result;
  }

  private static Simulation.Result done(Future<Simulation.Result> run) {
    try {
      return run.get();
    } catch (InterruptedException | ExecutionException cause) {
      throw new IllegalStateException(cause);
    }
  }

  private static LongStream onceFailed() throws IOException {
    try (var in = SimulationTest.class.getResourceAsStream(Simulation.ONCE_FAILED)) {
      var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
      return LongStream.of(lines.filter(line -> !line.isBlank() && !line.startsWith("#")).mapToLong(Long::parseLong)
          .toArray());
    }
  }
}
