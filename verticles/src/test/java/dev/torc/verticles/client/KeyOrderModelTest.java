package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.command.Access;
import dev.torc.protocol.command.Command;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every interleaving of arrivals and completions of a few random commands, against the rule itself: a command runs from when no unfinished earlier one
 * is in its way.
 */
class KeyOrderModelTest {
  private static final int COMMANDS = 5;
  private static final List<String> KINDS = List.of("GET a", "GET b", "SET a 1", "SET b 1", "SET a 1 KEEPTTL",
      "DEL a b",
      "MGET a b", "MGET b c", "MSET a 1 a 2", "MSET b 1 c 1", "DBSIZE", "TIME", "SET a large");

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatRunsIsExactlyWhatNothingEarlierHinders(long seed) {
    var random = new SplittableRandom(seed);
    var commands = IntStream.range(0, COMMANDS).mapToObj(i -> command(KINDS.get(random.nextInt(KINDS.size()))))
        .toList();
    var instant = IntStream.range(0, COMMANDS).mapToObj(i -> random.nextInt(4) == 0).toList();
    explore(new Run(commands, instant), List.of());
  }

  private void explore(Run pattern, List<Integer> path) {
    var run = new Run(pattern.commands, pattern.instant);
    path.forEach(run::perform);
    run.check();
    var choices = run.choices();
    if (choices.isEmpty()) {
      assertThat(run.finished).as("none is left behind").hasSize(COMMANDS);
    }
    for (int choice : choices) {
      var longer = new ArrayList<>(path);
      longer.add(choice);
      explore(run, longer);
    }
  }

  private static Command command(String line) {
    return KeyOrderTest.parse(line.equals("SET a large") ? "SET a " + "v".repeat(40_000) : line);
  }

  private static final class Run {
    private static final int ARRIVAL = -1;

    private final List<Command> commands;
    private final List<Boolean> instant;
    private final KeyOrder order = new KeyOrder();
    private final List<KeyOrder.Claim> claims = new ArrayList<>();
    private final List<Integer> started = new ArrayList<>();
    private final TreeSet<Integer> finished = new TreeSet<>();

    Run(List<Command> commands, List<Boolean> instant) {
      this.commands = commands;
      this.instant = instant;
    }

    List<Integer> choices() {
      var choices = new ArrayList<Integer>();
      if (claims.size() < commands.size()) {
        choices.add(ARRIVAL);
      }
      started.stream().filter(i -> !finished.contains(i)).forEach(choices::add);
      return choices;
    }

    void perform(int choice) {
      if (choice != ARRIVAL) {
        finish(choice);
        return;
      }
      int number = claims.size();
      claims.add(order.claim(commands.get(number), false, () -> start(number)));
      order.submit(claims.get(number));
    }

    private void start(int number) {
      started.add(number);
      if (instant.get(number)) {
        finish(number);
      }
    }

    private void finish(int number) {
      finished.add(number);
      claims.get(number).done();
    }

    void check() {
      assertThat(started).as("started once").doesNotHaveDuplicates();
      assertThat(overtakenWrites()).as("%s of %s", started, commands).isEmpty();
      var expected = new TreeSet<>(finished);
      IntStream.range(0, claims.size()).filter(i -> !isHindered(i)).forEach(expected::add);
      assertThat(new TreeSet<>(started)).as("of %s, %s finished", commands, finished).isEqualTo(expected);
    }

    /** Writes that started after a later one of a key of theirs: the end would differ from what the client sent. */
    private List<Integer> overtakenWrites() {
      return started.stream().filter(i -> commands.get(i).access() == Access.WRITE
          && started.subList(0, started.indexOf(i)).stream().anyMatch(before -> before > i
              && !Collections.disjoint(commands.get(before).keys(), commands.get(i).keys())))
          .toList();
    }

    private boolean isHindered(int number) {
      return IntStream.range(0, number)
          .anyMatch(earlier -> !finished.contains(earlier) && hinders(commands.get(earlier), commands.get(number)));
    }

    private static boolean hinders(Command earlier, Command later) {
      if (earlier.access() == Access.BARRIER || later.access() == Access.BARRIER) {
        return true;
      }
      boolean disjoint = Collections.disjoint(earlier.keys(), later.keys());
      boolean read = earlier.access() != Access.WRITE && later.access() != Access.WRITE;
      return !disjoint && !read && !(isSmallWrite(earlier) && isSmallWrite(later));
    }

    private static boolean isSmallWrite(Command command) {
      var text = command.getClass().getSimpleName();
      boolean large = command.toString().contains("40000 bytes") || command.toString().contains("KeepTtl");
      return text.equals("Del") && command.keys().size() == 1 || text.equals("Set") && !large;
    }
  }
}
