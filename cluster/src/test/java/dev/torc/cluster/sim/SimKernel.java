package dev.torc.cluster.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Time, chance and the order of events: all that a run depends on besides the code. One thread, one seed; two events at one moment happen in the
 * order in which they were planned.
 */
final class SimKernel {

  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final SplittableRandom random;
  private final List<String> trace = new ArrayList<>();
  private final long seed;
  private final boolean tracing;
  private long now;
  private long planned;
  private long happened;

  SimKernel(long seed, boolean tracing) {
    this.random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L);
    this.seed = seed;
    this.tracing = tracing;
  }

  /** Milliseconds since the start. */
  long now() {
    return now;
  }

  RandomGenerator random() {
    return random;
  }

  /** Chance's own generator for one purpose, so that what one draws does not shift what another draws. */
  RandomGenerator split() {
    return random.split();
  }

  /** The same for what came to the simulation later, and is not to change what its seeds do otherwise. */
  RandomGenerator stream(String purpose, int number) {
    return new SplittableRandom((seed * 31 + purpose.hashCode()) * 0x9e3779b97f4a7c15L + number);
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code low} to {@code high}, both among them. */
  long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  void after(long millis, Runnable what) {
    events.add(new Event(now + millis, planned++, what));
  }

  void every(long millis, Runnable what) {
    after(millis, () -> {
      what.run();
      every(millis, what);
    });
  }

  void runUntil(long time) {
    while (!events.isEmpty() && events.peek().at <= time) {
      var event = events.poll();
      now = event.at;
      happened++;
      event.what.run();
    }
    now = time;
  }

  void trace(Supplier<String> line) {
    if (tracing) {
      trace.add(String.format("%6d ", now) + line.get());
    }
  }

  List<String> trace() {
    return trace;
  }

  long happened() {
    return happened;
  }
}
