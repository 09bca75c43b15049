package dev.torc.compat.history;

import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.VersionVector;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one replica has of a key, by KV.EXPLAIN.
 *
 * @param node 0, 1, …
 * @param siblings by dot; empty: a deletion
 */
public record KeyCopy(int node, VersionVector version, Map<Dot, Optional<String>> siblings) {
  public KeyCopy {
    siblings = new TreeMap<>(siblings);
  }

  boolean isSameAs(KeyCopy other) {
    return version.equals(other.version) && siblings.equals(other.siblings);
  }
}
