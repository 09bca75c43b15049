package dev.torc.cluster.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a replica holds of a key: a version vector and the siblings that no write has superseded. State-based: {@link #merge} is commutative,
 * associative and idempotent, and the only way in which two replicas' records ever combine. (Dotted version vectors: Preguiça, Baquero, Almeida,
 * Fonte, Gonçalves, 2010; here with explicit dots, because HLC counters have gaps.)
 *
 * @param version covers the dots of all siblings
 * @param siblings sorted by dot, latest last, no dot twice
 */
public record StoredRecord(VersionVector version, List<Sibling> siblings) {
  public static final StoredRecord EMPTY = new StoredRecord(VersionVector.EMPTY, List.of());

  public StoredRecord {
    siblings = List.copyOf(siblings);
    for (int i = 0; i < siblings.size(); i++) {
      var dot = siblings.get(i).dot();
      if (!version.covers(dot) || i > 0 && siblings.get(i - 1).dot().compareTo(dot) >= 0) {
        throw new IllegalArgumentException("a sibling outside the version vector or out of order");
      }
    }
  }

  public boolean isEmpty() { return version.size() == 0; }

  /** The sibling with the greatest dot, be it a value or a tombstone. */
  public Optional<Sibling> latest() {
    return siblings.isEmpty() ? Optional.empty() : Optional.of(siblings.getLast());
  }

  /** The latest sibling if it is a value that has not expired. */
  public Optional<Sibling> latestLive(long wallMillis) {
    return latest().filter(sibling -> sibling.content().isLive(wallMillis));
  }

  public boolean isLive(long wallMillis) {
    return !siblings.isEmpty() && siblings.getLast().content().isLive(wallMillis);
  }

  /** Both replicas' siblings, less those that the other one has seen and holds no more. */
  public StoredRecord merge(StoredRecord other) {
    if (other.isEmpty() || this == other) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    var merged = new ArrayList<Sibling>(siblings.size() + other.siblings.size());
    int i = 0;
    int j = 0;
    while (i < siblings.size() || j < other.siblings.size()) {
      int order = compareAt(i, other, j);
      if (order == 0) {
        merged.add(sameWrite(siblings.get(i++), other.siblings.get(j++)));
      } else if (order < 0) {
        addUncovered(siblings.get(i++), other.version, merged);
      } else {
        addUncovered(other.siblings.get(j++), version, merged);
      }
    }
    return new StoredRecord(version.merge(other.version), merged);
  }

  /** The record after a write under {@code dot} that has seen {@code context}: supersedes exactly what that covers. */
  public StoredRecord update(VersionVector context, Dot dot, Content content) {
    var kept = new ArrayList<Sibling>(siblings.size() + 1);
    for (var sibling : siblings) {
      addUncovered(sibling, context, kept);
    }
    var added = new Sibling(dot, content);
    int place = kept.size();
    while (place > 0 && kept.get(place - 1).dot().compareTo(dot) > 0) {
      place--;
    }
    kept.add(place, added);
    return new StoredRecord(version.merge(context).with(dot), kept);
  }

  /** The record after a write of this causality under {@code dot}, which is within what this record has seen. */
  public StoredRecord update(Causality causality, Dot dot, Content content) {
    var kept = new ArrayList<Sibling>(siblings.size() + 1);
    for (var sibling : siblings) {
      if (!causality.latestOnly() && !causality.supersedes(sibling.dot(), version)) {
        kept.add(sibling);
      }
    }
    kept.add(new Sibling(dot, content));
    return new StoredRecord(version.merge(causality.past(version)).with(dot), kept);
  }

  /** The same record without its concurrent values but the latest; this itself if there are none. */
  public StoredRecord latestOnly() {
    return siblings.size() < 2 ? this : new StoredRecord(version, List.of(siblings.getLast()));
  }

  /** The same record with each expired value turned into a tombstone of the same dot; this itself if there is none. */
  public StoredRecord collapseExpired(long wallMillis) {
    boolean any = false;
    var collapsed = new ArrayList<Sibling>(siblings.size());
    for (var sibling : siblings) {
      boolean expired = !sibling.content().isTombstone() && sibling.content().isExpired(wallMillis);
      any |= expired;
      collapsed.add(expired ? new Sibling(sibling.dot(), sibling.content().collapsed()) : sibling);
    }
    return any ? new StoredRecord(version, collapsed) : this;
  }

  /** Bytes of all values together. */
  public long valueBytes() {
    long bytes = 0;
    for (var sibling : siblings) {
      bytes += sibling.content().value().size();
    }
    return bytes;
  }

  private int compareAt(int i, StoredRecord other, int j) {
    if (i == siblings.size()) {
      return 1;
    }
    return j == other.siblings.size() ? -1 : siblings.get(i).dot().compareTo(other.siblings.get(j).dot());
  }

  /** One write seen twice: where one replica has let its value expire already, the tombstone stands on both. */
  private static Sibling sameWrite(Sibling mine, Sibling theirs) {
    return theirs.content().isTombstone() ? theirs : mine;
  }

  private static void addUncovered(Sibling sibling, VersionVector seen, List<Sibling> into) {
    if (!seen.covers(sibling.dot())) {
      into.add(sibling);
    }
  }
}
