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

/** Faults one after another, drawn from a bag that holds each kind once and is filled again when it is empty; sometimes one of the network and one of a process at once. */
final class Mayhem {
  private static final Duration BEAT = Duration.ofMillis(200);

  private final Stage stage;
  private final Random random;
  private final Deque<FaultKind> bag = new ArrayDeque<>();
  private final Map<FaultKind, Integer> done = new EnumMap<>(FaultKind.class);
  private final List<String> stories = new ArrayList<>();
  private final long begin = System.nanoTime();

  Mayhem(Stage stage, Random random) {
    this.stage = stage;
    this.random = random;
  }

  /** Until so much time is over; everything is put right then. */
  void run(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      var first = draw();
      var faults = new ArrayList<>(List.of(stage.fault(first)));
      if (random.nextInt(3) == 0) {
        bag.stream().filter(kind -> kind.isOfNetwork != first.isOfNetwork).findFirst().ifPresent(second -> {
          bag.remove(second);
          done.merge(second, 1, Integer::sum);
          faults.add(stage.fault(second));
        });
      }
      stage(faults, random.nextInt(10, 30));
      rest(random.nextInt(5, 15));
    }
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

  private void stage(List<Fault> faults, int beats) {
    faults.forEach(fault -> tell(fault.story()));
    var begun = new ArrayList<Fault>();
    try {
      faults.forEach(fault -> {
        begun.add(fault);
        fault.begin();
      });
      for (int beat = 0; beat < beats; beat++) {
        faults.forEach(Fault::goOn);
        Eventually.pass(BEAT);
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

  /** How often each kind was at work. */
  Map<FaultKind, Integer> done() {
    return done;
  }
}
