package dev.torc.cluster.membership;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Simulated time: what happens when, and what of the same moment first. */
final class Agenda {
  private final PriorityQueue<Event> events = new PriorityQueue<>(
      Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long now;
  private long nextNumber;

  private record Event(long at, long number, Runnable action) {}

  long nowMillis() {
    return now;
  }

  void after(long millis, Runnable action) {
    events.add(new Event(now + millis, nextNumber++, action));
  }

  void run(long millis) {
    long end = now + millis;
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
    now = end;
  }
}
