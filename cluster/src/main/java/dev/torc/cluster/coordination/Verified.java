package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.VersionVector;
import java.util.LinkedHashMap;

/**
 * Until when the versions of keys are known to be whole. A read of a quorum that began at a time found a version; every write that a quorum had acknowledged
 * by then is in it, since quorums meet. So whatever is answered later, by however few, and covers that version has all those writes too: it is no older than
 * that read.
 *
 * <p>The complication: the time alone proves nothing. Another replica may never have seen what was found then, and the same one may have lost it since, so
 * the version is compared each time ({@link #staleMillis}). Not proven: anything about a write that was acknowledged below a quorum, or by a quorum of
 * another N; and what all who acknowledged it have lost with their power is lost here as well.
 *
 * <p>Bounded: the keys least used are forgotten first, and long ones are not remembered. Steady time, so that a clock that is set changes nothing.
 */
final class Verified {
  static final int MAX_KEYS = 10_000;
  private static final int MAX_KEY_BYTES = 1_024;

  /** @param startedAt when the read of a quorum began, in steady milliseconds */
  private record Entry(long startedAt, VersionVector version) {}

  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** A quorum was asked from then on, and had together seen that. */
  void onQuorum(Key key, long startedAt, VersionVector version) {
    var known = entries.get(key);
    if (key.bytes().size() > MAX_KEY_BYTES || known != null && known.startedAt > startedAt) {
      return;
    }
    entries.put(key, new Entry(startedAt, version));
    if (entries.size() > MAX_KEYS) {
      entries.pollFirstEntry();
    }
  }

  /** Whether there can be an answer of that age by a read that begins now. */
  boolean isWithin(Key key, long startedAt, long maxStaleMillis) {
    var entry = entries.get(key);
    return entry != null && age(entry, startedAt) <= maxStaleMillis;
  }

  /**
   * How old an answer is at most: what a quorum had acknowledged so long before the read began is in it.
   *
   * @param version that the answer has seen
   * @return {@link Outcome.Found#UNKNOWN_AGE} if it lacks something that was found, or nothing is known
   */
  long staleMillis(Key key, long startedAt, VersionVector version) {
    var entry = entries.isEmpty() ? null : entries.get(key);
    return entry != null && version.covers(entry.version) ? age(entry, startedAt) : Outcome.Found.UNKNOWN_AGE;
  }

  /** Rounded up: within one millisecond a write may have been acknowledged after the quorum was asked. */
  private static long age(Entry entry, long startedAt) {
    return Math.max(0, startedAt - entry.startedAt + 1);
  }
}
