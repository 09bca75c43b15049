package dev.torc.cluster.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
  private static final int STEP = 8;

  @Test
  void nothingIsDueBeforeItsTimeNorMoreThanAStepAfterIt() {
    for (long at = 0; at < 50; at++) {
      var queue = new DeadlineQueue();
      queue.add(at, 1);
      assertThat(drained(queue, at - 1)).isEmpty();
      assertThat(drained(queue, at + STEP)).containsExactly(1L);
    }
  }

  @Test
  void earlierOnesComeFirstAndEqualOnesInTheirOrder() {
    var queue = new DeadlineQueue();
    queue.add(100, 1);
    queue.add(20, 2);
    queue.add(100, 3);
    queue.add(60, 4);
    assertThat(queue.size()).isEqualTo(4);
    assertThat(drained(queue, 1_000)).containsExactly(2L, 4L, 1L, 3L);
    assertThat(queue.size()).isZero();
  }

  @Test
  void whoIsWokenMayAskToBeWokenAgain() {
    var queue = new DeadlineQueue();
    queue.add(10, 1);
    queue.drain(new Moment(100, 0), token -> queue.add(200, 2));
    assertThat(drained(queue, 100)).isEmpty();
    assertThat(drained(queue, 300)).containsExactly(2L);
  }

  @Test
  void itAgreesWithASimplerOne() {
    var random = new SplittableRandom(7);
    var queue = new DeadlineQueue();
    var model = new TreeMap<Long, List<Long>>();
    long now = 0;
    for (long token = 0; token < 20_000; token++) {
      long at = now + random.nextLong(500);
      queue.add(at, token);
      model.computeIfAbsent(at / STEP, step -> new ArrayList<>()).add(token);
      if (random.nextInt(40) == 0) {
        now += random.nextLong(100);
        var expected = new ArrayList<Long>();
        while (!model.isEmpty() && model.firstKey() < now / STEP) {
          expected.addAll(model.pollFirstEntry().getValue());
        }
        assertThat(drained(queue, now)).isEqualTo(expected);
      }
    }
  }

  private static List<Long> drained(DeadlineQueue queue, long steadyMillis) {
    var due = new ArrayList<Long>();
    queue.drain(new Moment(steadyMillis, 0), due::add);
    return due;
  }
}
