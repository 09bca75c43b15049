package dev.torc.cluster.session;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Dot;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection's last writes by their dots, so that WAIT can ask the replicas for them. Few are kept until the client has asked once: most never do. For those
 * that fell out, what was acknowledged of them has to do.
 *
 * <p>What was once told is true for ever, so a client that waits after each write is not answered by asking for all the others again: those that were asked for
 * are kept apart, with the figure that was told, and asked for again only by who wants more. Those that fell out count in the next answer, and in no
 * later one.
 */
public final class RecentWrites {
  /** How many are kept once the client has asked; and as many that were asked for. */
  public static final int LIMIT = 1_024;
  private static final int LIMIT_UNASKED = 128;
  private static final int MAX_KEY_BYTES = 1_024;
  private static final int NONE_YET = Integer.MAX_VALUE;

  private Key[] keys = new Key[0];
  private Dot[] dots = new Dot[0];
  private int limit = LIMIT_UNASKED;
  private int size;
  private int last = -1;
  private boolean isWhole = true;
  private int fewest = NONE_YET;
  private final LinkedHashMap<Key, Dot> told = new LinkedHashMap<>();
  private Figure held = Figure.NONE;
  private Figure synced = Figure.NONE;

  /** How many others have a write, and whether this node does. */
  public record Figure(int others, boolean self) {
    static final Figure NONE = new Figure(NONE_YET, true);

    public Figure min(Figure other) {
      return new Figure(Math.min(others, other.others), self && other.self);
    }

    /** Who wants none wants to know how many there are. */
    private boolean isEnough(int wantedOthers, boolean wantsSelf) {
      return (wantedOthers > 0 || wantsSelf) && others >= wantedOthers && (self || !wantsSelf);
    }
  }

  /**
   * What WAIT has to ask the replicas for.
   *
   * @param atMost beyond which nothing can be told, whatever they answer
   */
  public record Question(Map<Key, Dot> writes, Figure atMost) {}

  /** @param replicas how many had acknowledged it */
  public void wrote(Key key, Dot dot, int replicas) {
    if (key.bytes().size() > MAX_KEY_BYTES) {
      wroteMany(replicas);
      return;
    }
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

  /**
   * The client waits for its writes, so more of them are kept from here on.
   *
   * @param isSafe whether what is acknowledged is on disk
   */
  public Question ask(int others, boolean self, boolean onDisk, boolean isSafe) {
    if (limit < LIMIT) {
      limit = LIMIT;
      last = size - 1;
    }
    var writes = latest();
    var known = onDisk ? synced : held;
    var atMost = isWhole
        ? Figure.NONE
        : onDisk && !isSafe ? new Figure(0, false) : new Figure(Math.max(0, fewest - 1), fewest > 0);
    if (known.isEnough(others, self)) {
      return new Question(writes, known.min(atMost));
    }
    told.forEach(writes::putIfAbsent);
    return new Question(writes, atMost);
  }

  /** @param figure of the question's writes, as it is told to the client */
  public void onTold(Question question, Figure figure, boolean onDisk) {
    for (var write : question.writes.entrySet()) {
      told.putLast(write.getKey(), write.getValue());
    }
    while (told.size() > LIMIT) {
      told.pollFirstEntry();
    }
    held = onDisk ? held.min(figure) : figure;
    synced = onDisk ? figure : new Figure(0, false);
    Arrays.fill(keys, null);
    size = 0;
    last = -1;
    isWhole = true;
    fewest = NONE_YET;
  }

  public boolean isEmpty() { return fewest == NONE_YET && told.isEmpty(); }

  /** Of all writes since the client asked last, how many replicas surely have each of them, be it among {@link #latest} or not. */
  public int fewest() {
    return fewest;
  }

  /** Whether {@link #latest} tells of all of them. */
  public boolean isWhole() { return isWhole; }

  /** Of each key that was written since the client asked last, and is remembered, the last write. */
  public Map<Key, Dot> latest() {
    var latest = new LinkedHashMap<Key, Dot>();
    for (int i = 0; i < size; i++) {
      latest.merge(keys[i], dots[i], (a, b) -> a.compareTo(b) < 0 ? b : a);
    }
    return latest;
  }
}
