package dev.torc.compat.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.VersionVector;
import dev.torc.compat.history.KeyCopy;
import dev.torc.compat.resp.KvReply;
import dev.torc.compat.resp.RespSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The time until all replicas have the same of every key, and what that is. */
final class Convergence {
  private static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("chaos.converge.seconds", 120));

  private final Map<String, List<KeyCopy>> copies = new TreeMap<>();
  private final List<String> differing;
  private final Duration time;

  private Convergence(Stage stage, List<String> keys) {
    long begin = System.nanoTime();
    differing = new ArrayList<>(keys);
    try (var socket = stage.cluster().connect(0)) {
      long end = System.nanoTime() + LIMIT.toNanos();
      do {
        differing.removeIf(key -> isSame(key, socket));
      } while (!differing.isEmpty() && System.nanoTime() < end);
    }
    time = Duration.ofNanos(System.nanoTime() - begin);
  }

  /** All nodes are up. */
  static Convergence await(Stage stage, Loads loads) {
    var keys = new ArrayList<>(loads.versioned().keys());
    keys.addAll(loads.strong().keys());
    loads.plain().forEach(writer -> keys.addAll(writer.history().acknowledged().keySet()));
    return new Convergence(stage, keys);
  }

  /** Asks for the copies of a key; whether they are the same. */
  private boolean isSame(String key, RespSocket socket) {
    var replicas = (List<?>) KvReply.call(socket, "KV.EXPLAIN", key).fields().get("replicas");
    var found = replicas.stream().map(KvReply::of).toList();
    if (found.stream().anyMatch(replica -> replica.fields().get("version") == null)) {
      return false;
    }
    copies.put(key, found.stream().map(Convergence::copy).toList());
    return found.stream().allMatch(replica -> replica.fields().get("in_sync").equals(1L));
  }

  private static KeyCopy copy(KvReply replica) {
    var version = ((List<?>) replica.fields().get("version")).stream().map(entry -> VersionVector.of(dot(entry)))
        .reduce(VersionVector.EMPTY, VersionVector::merge);
    var siblings = new HashMap<Dot, Optional<String>>();
    ((List<?>) replica.fields().get("siblings")).stream().map(KvReply::of)
        .forEach(sibling -> siblings.put(dot(sibling.fields().get("dot")), Optional.ofNullable(sibling.value())));
    return new KeyCopy(Stage.node((String) replica.fields().get("node")), version, siblings);
  }

  /** As {@link Dot#toString} writes it. */
  private static Dot dot(Object text) {
    var parts = ((String) text).split("[@.]");
    return new Dot(Long.parseUnsignedLong(parts[0], 16),
        Long.parseLong(parts[1]) << 16 | Long.parseLong(parts[2]));
  }

  List<KeyCopy> copies(String key) {
    return copies.getOrDefault(key, List.of());
  }

  Duration time() {
    return time;
  }

  int keys() {
    return copies.size();
  }

  /** Keys of which replicas still had different copies at the end of all patience. */
  List<String> differing() {
    return differing;
  }

  /** Each key holds this number on every replica, or a later one that its writer was not told of. */
  void assertHolds(Map<String, Long> numbers) {
    assertThat(numbers).isNotEmpty();
    numbers.forEach((key, number) -> assertThat(copies(key)).as(key).isNotEmpty()
        .allSatisfy(copy -> assertThat(copy.siblings().values().stream().flatMap(Optional::stream))
            .as("last acknowledged: %d", number).anyMatch(value -> Long.parseLong(value) >= number)));
  }
}
