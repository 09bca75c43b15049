package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the keys of a command stand among its words, as Redis tells it.
 *
 * @param first the place of the first key, 0 when there are none
 * @param last the place of the last one; negative counts from the end, -1 is the last word
 * @param step from key to key
 */
public record KeyRange(int first, int last, int step) {
  static final KeyRange NONE = new KeyRange(0, 0, 0);
  static final KeyRange ONE = new KeyRange(1, 1, 1);
  static final KeyRange SECOND = new KeyRange(2, 2, 1);
  static final KeyRange REST = new KeyRange(1, -1, 1);
  static final KeyRange PAIRS = new KeyRange(1, -1, 2);

  public boolean isNone() { return first == 0; }

  /** The last place in a command of so many words. */
  int lastOf(int words) {
    return last < 0 ? words + last : last;
  }

  public List<Bytes> keys(List<Bytes> words) {
    var keys = new ArrayList<Bytes>();
    if (!isNone()) {
      for (int i = first; i <= lastOf(words.size()); i += step) {
        keys.add(words.get(i));
      }
    }
    return List.copyOf(keys);
  }
}
