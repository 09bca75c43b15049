package dev.torc.cluster.reaping;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReapAnswer.Inspected;
import java.util.LinkedHashMap;

/**
 * Since when deletions have been found the same on all replicas. Nobody sends what was before a deletion any more once all hold that; but what was sent before that may still be under way, to a
 * replica that was away until a moment ago and had it told again meanwhile. So there are two looks, further apart than any message lives.
 *
 * <p>There is room for so many; others wait until these are gone.
 */
final class FirstLooks {
  static final int MOST = 10_000;

  private record Look(Inspected found, long atMillis) {}

  private final LinkedHashMap<Key, Look> looks = new LinkedHashMap<>();

  /** Whether it is worth while to look at the key. */
  boolean hasRoomFor(Key key) {
    return looks.size() < MOST || looks.containsKey(key);
  }

  /**
   * Whether just this was found long enough ago, which is not said twice. If it is found for the first time, that is noted.
   *
   * @param beforeMillis so long ago
   */
  boolean isSecond(Key key, Inspected found, long beforeMillis, long nowMillis) {
    var look = looks.get(key);
    if (look == null || !look.found.equals(found)) {
      looks.put(key, new Look(found, nowMillis));
      return false;
    }
    return look.atMillis <= beforeMillis && looks.remove(key, look);
  }

  /** Of keys that were not looked at again, since they have been written to. */
  void forgetOlderThan(long millis) {
    looks.values().removeIf(look -> look.atMillis < millis);
  }

  void forgetAll() {
    looks.clear();
  }
}
