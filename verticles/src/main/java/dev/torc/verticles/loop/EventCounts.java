package dev.torc.verticles.loop;

import dev.torc.cluster.effect.Effect;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often what happened that coordinators announce, over all event loops. What an operator should look into is logged, the first time and then now and then. */
public final class EventCounts {
  private static final Logger LOG = LoggerFactory.getLogger(EventCounts.class);
  private static final long LOGGED_EVERY = 10_000;

  private final Map<Effect.Event, LongAdder> counts = new EnumMap<>(Effect.Event.class);

  public EventCounts() {
    for (var event : Effect.Event.values()) {
      counts.put(event, new LongAdder());
    }
  }

  /** From any thread. */
  public void count(Effect.Event event) {
    var count = counts.get(event);
    if (event == Effect.Event.MANY_SIBLINGS && count.sum() % LOGGED_EVERY == 0) {
      LOG.warn(
          "a key has siblings.warn concurrent values or more: its writers should read it and write with its context");
    }
    count.increment();
  }

  public long of(Effect.Event event) {
    return counts.get(event).sum();
  }

  /** As metrics and INFO call it. */
  public static String name(Effect.Event event) {
    return event.name().toLowerCase(Locale.ROOT);
  }
}
