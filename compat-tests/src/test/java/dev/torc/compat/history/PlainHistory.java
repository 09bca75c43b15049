package dev.torc.compat.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one client of plain SET and GET, the only one that writes its keys, asked and was answered, each time with a higher number. At the default level, SLOPPY, a read may go back in
 * time while others stand in for replicas; so as long as things go wrong it must only find what was written to that key. In calm weather, when all nodes see each other and all that
 * was held for others is delivered, that level is QUORUM: a read finds the last acknowledged number or a later one. Not from an answer that took nearly so long that a
 * replica was taken for one that is away: then another may have stood in for it after all.
 */
public final class PlainHistory {
  /** Less than hint.after. */
  static final Duration PROMPT = Duration.ofMillis(400);

  private final Map<String, Set<Long>> tried = new TreeMap<>();
  private final Map<String, Long> acknowledged = new TreeMap<>();
  /** In calm weather: what each quorum of replicas has seen. */
  private final Map<String, Long> settled = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private boolean isCalm;
  private int judgedInCalm;

  /** From now on nothing goes wrong, and all replicas have the same. */
  public void calm() {
    isCalm = true;
    settled.putAll(acknowledged);
  }

  /** Is about to ask for it, and may never hear how that ended. */
  public void trySet(String key, long number) {
    tried.computeIfAbsent(key, unseen -> new TreeSet<>()).add(number);
  }

  public void acknowledged(String key, long number, long tookNanos) {
    acknowledged.put(key, number);
    if (isCalm && tookNanos < PROMPT.toNanos()) {
      settled.put(key, number);
    }
  }

  public void found(String key, Optional<String> value, long tookNanos) {
    if (value.isPresent() && !tried.getOrDefault(key, Set.of()).contains(Long.parseLong(value.get()))) {
      violations.add(key + ": nobody wrote it: " + value.get());
    }
    if (isCalm && tookNanos < PROMPT.toNanos() && settled.containsKey(key)) {
      judgedInCalm++;
      if (value.isEmpty() || Long.parseLong(value.get()) < settled.get(key)) {
        violations.add(key + ": in calm weather a read found " + value.orElse("nothing") + " after "
            + settled.get(key) + " had been acknowledged");
      }
    }
  }

  /** The last acknowledged number of each key. */
  public Map<String, Long> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /** Reads of which was known what they must find. */
  public int judgedInCalm() {
    return judgedInCalm;
  }

  /** What is wrong, a line each. */
  public List<String> violations() {
    return List.copyOf(violations);
  }
}
