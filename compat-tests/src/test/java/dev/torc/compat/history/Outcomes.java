package dev.torc.compat.history;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of the clients' requests, counted by what was asked and by how it ended. */
public final class Outcomes {
  private static final String OK = "ok";

  private final ConcurrentSkipListMap<String, ConcurrentSkipListMap<String, LongAdder>> counts = new ConcurrentSkipListMap<>();

  public void ok(String kind) {
    count(kind, OK);
  }

  /** @param how the error's first word, or what became of the connection */
  public void failed(String kind, String how) {
    count(kind, how);
  }

  private void count(String kind, String how) {
    counts.computeIfAbsent(kind, unseen -> new ConcurrentSkipListMap<>())
        .computeIfAbsent(how, unseen -> new LongAdder()).increment();
  }

  public Iterable<String> kinds() {
    return counts.keySet();
  }

  public long succeeded(String kind) {
    return counts.getOrDefault(kind, new ConcurrentSkipListMap<>()).getOrDefault(OK, new LongAdder()).sum();
  }

  public long asked(String kind) {
    return counts.getOrDefault(kind, new ConcurrentSkipListMap<>()).values().stream().mapToLong(LongAdder::sum).sum();
  }

  public long asked() {
    return counts.keySet().stream().mapToLong(this::asked).sum();
  }

  public long succeeded() {
    return counts.keySet().stream().mapToLong(this::succeeded).sum();
  }

  /** How many failed, by how. */
  public Map<String, Long> failures(String kind) {
    var failures = new TreeMap<String, Long>();
    counts.getOrDefault(kind, new ConcurrentSkipListMap<>()).forEach((how, count) -> {
      if (!how.equals(OK)) {
        failures.put(how, count.sum());
      }
    });
    return failures;
  }
}
