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
import java.util.stream.Stream;

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
  public List<String> violations(PowerCuts cuts, Function<String, List<KeyCopy>> copies) {
    return keys().stream().flatMap(key -> violations(key, cuts, copies.apply(key))).toList();
  }

  private Stream<String> violations(String key, PowerCuts cuts, List<KeyCopy> copies) {
    var replicas = copies.stream().map(KeyCopy::node).toList();
    return new KeyHistory(key, new ArrayList<>(events.get(key)), write -> cuts.mayHaveTaken(write, replicas))
        .violations(copies).stream();
  }
}
