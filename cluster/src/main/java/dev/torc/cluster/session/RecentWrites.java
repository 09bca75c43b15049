package dev.torc.cluster.session;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Dot;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection's last writes by their dots, so that WAIT can ask the replicas for them, and what was acknowledged of all of them, which holds for those that are
 * no longer here. Few are kept until the client has asked once: most never do.
 */
public final class RecentWrites {
  /** How many are kept once the client has asked. */
  public static final int LIMIT = 1_024;
  private static final int LIMIT_UNASKED = 16;
  private static final int NONE_YET = Integer.MAX_VALUE;

  private Key[] keys = new Key[0];
  private Dot[] dots = new Dot[0];
  private int limit = LIMIT_UNASKED;
  private int size;
  private int last = -1;
  private boolean isWhole = true;
  private int fewest = NONE_YET;

  /** @param replicas how many had acknowledged it */
  public void wrote(Key key, Dot dot, int replicas) {
    fewest = Math.min(fewest, replicas);
    if (last >= 0 && keys[last].equals(key)) {
      dots[last] = dot;
      return;
    }
    int place = size < limit ? size : (last + 1) % limit;
    if (place == keys.length) {
      int room = Math.min(limit, Math.max(4, 2 * size));
      keys = Arrays.copyOf(keys, room);
      dots = Arrays.copyOf(dots, room);
    }
    isWhole &= place == size;
    size = Math.max(size, place + 1);
    keys[place] = key;
    dots[place] = dot;
    last = place;
  }

  /** More keys than can be remembered, all of them by at least so many. */
  public void wroteMany(int replicas) {
    fewest = Math.min(fewest, replicas);
    isWhole = false;
  }

  public boolean isEmpty() { return fewest == NONE_YET; }

  /** Of all writes of the connection, how many replicas surely have each of them, be it among {@link #latest} or not. */
  public int fewest() {
    return fewest;
  }

  /** Whether {@link #latest} tells of all of them. */
  public boolean isWhole() { return isWhole; }

  /** Of each key that is remembered the last write, which no replica has without those before it. */
  public Map<Key, Dot> latest() {
    var latest = new LinkedHashMap<Key, Dot>();
    for (int i = 0; i < size; i++) {
      latest.merge(keys[i], dots[i], (a, b) -> a.compareTo(b) < 0 ? b : a);
    }
    return latest;
  }

  /** The client waits for its writes, so more of them are kept from here on. */
  public void onAsked() {
    if (limit < LIMIT) {
      limit = LIMIT;
      last = size - 1;
    }
  }
}
