package dev.torc.compat.chaos;

import dev.torc.compat.process.Eventually;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;

/**
 * Faults one after another, drawn from a bag that holds each kind once and is filled again when it is empty; sometimes one of the network and one of a process at once. Most are over before anybody is found
 * down. Of those that silence a node two of three, and so a quarter of all, last until it is.
 */
final class Mayhem {
  private static final Duration BEAT = Duration.ofMillis(200);

  private final Stage stage;
  private final Random random;
  private final Deque<FaultKind> bag = new ArrayDeque<>();
  private final Map<FaultKind, Integer> done = new EnumMap<>(FaultKind.class);
  private final List<String> stories = new ArrayList<>();
  private final Deque<Boolean> lengths = new ArrayDeque<>();
  private final long begin = System.nanoTime();
  private int longFaults;
  private int foundDown;

  Mayhem(Stage stage, Random random) {
    this.stage = stage;
    this.random = random;
  }

  /** Until so much time is over; everything is put right then. */
  void run(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      var kinds = new ArrayList<>(List.of(draw()));
      if (random.nextInt(3) == 0) {
        bag.stream().filter(kind -> kind.isOfNetwork != kinds.getFirst().isOfNetwork).findFirst().ifPresent(second -> {
          bag.remove(second);
          done.merge(second, 1, Integer::sum);
          kinds.add(second);
        });
      }
      boolean isLong = kinds.stream().filter(kind -> kind.silences).map(kind -> drawLong()).reduce(false,
          Boolean::logicalOr);
      stage(kinds.stream().map(stage::fault).toList(), isLong);
      rest(random.nextInt(5, 15));
    }
  }

  private boolean drawLong() {
    if (lengths.isEmpty()) {
      var isLong = new ArrayList<>(List.of(true, true, false));
      Collections.shuffle(isLong, random);
      lengths.addAll(isLong);
    }
    return lengths.removeFirst();
  }

  private FaultKind draw() {
    if (bag.isEmpty()) {
      var kinds = new ArrayList<>(List.of(FaultKind.values()));
      Collections.shuffle(kinds, random);
      bag.addAll(kinds);
    }
    done.merge(bag.getFirst(), 1, Integer::sum);
    return bag.removeFirst();
  }

  private void stage(List<Fault> faults, boolean isLong) {
    int beats = isLong ? random.nextInt(55, 70) : random.nextInt(10, 30);
    faults.forEach(fault -> tell(fault.story()));
    var begun = new ArrayList<Fault>();
    try {
      faults.forEach(fault -> {
        begun.add(fault);
        fault.begin();
      });
      for (long end = System.nanoTime() + BEAT.toNanos() * beats; System.nanoTime() < end;) {
        faults.forEach(Fault::goOn);
        Eventually.pass(BEAT);
      }
      if (isLong) {
        longFaults++;
        foundDown += stage.isAnybodyDown() ? 1 : 0;
      }
    } finally {
      begun.forEach(Fault::end);
    }
    tell("healed");
  }

  private void rest(int beats) {
    Eventually.pass(BEAT.multipliedBy(beats));
    IntStream.range(0, Stage.NODES).forEach(node -> Assertions.assertThat(stage.cluster().isRunning(node))
        .as("n%d ended by itself, after %s", node + 1, stories).isTrue());
  }

  private void tell(String story) {
    String line = String.format("%5.1f s  %s", (System.nanoTime() - begin) / 1e9, story);
    stories.add(line);
    System.out.println("chaos " + line);
  }

  /** How many lasted long enough for somebody to be found down. */
  int longFaults() {
    return longFaults;
  }

  /** After how many of these somebody was. */
  int foundDown() {
    return foundDown;
  }

  /** How often each kind was at work. */
  Map<FaultKind, Integer> done() {
    return done;
  }
}
