package dev.torc.compat.history;

import dev.torc.cluster.version.Context;
import dev.torc.cluster.wire.ContextText;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/** What clients of KV.GET, KV.SET and KV.DEL asked of many keys and were answered. */
public final class VersionedHistory {
  private final Map<String, ConcurrentLinkedQueue<KeyEvent>> events = new ConcurrentHashMap<>();

  void add(String key, KeyEvent event) {
    events.computeIfAbsent(key, unseen -> new ConcurrentLinkedQueue<>()).add(event);
  }

  /** What a node answered. */
  static Context context(String key, String text) {
    return switch (ContextText.read(Bytes.of(text), Bytes.of(key))) {
      case ContextText.Good(var context) -> context;
      case ContextText.Bad(var error) -> throw new AssertionError(error + ": " + text + " of " + key);
    };
  }

  /** Those that were written to, or tried to. */
  public List<String> keys() {
    return events.keySet().stream().sorted().toList();
  }

  /** What is wrong, a line each. @param copies of a key, by each of its replicas */
  public List<String> violations(Predicate<KeyEvent.Write> mayBeLost, Predicate<KeyEvent.Write> mayBeMissed,
      Function<String, List<KeyCopy>> copies) {
    return keys().stream().flatMap(key -> new KeyHistory(key, new ArrayList<>(events.get(key)), mayBeLost, mayBeMissed)
        .violations(copies.apply(key)).stream()).toList();
  }
}
