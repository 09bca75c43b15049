package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.resp.Decimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the keys of a command stand among its words, as Redis tells it.
 *
 * @param first the place of the first key, 0 when there are none
 * @param last the place of the last one; negative counts from the end, -1 is the last word; of no meaning with a count
 * @param step from key to key
 * @param countAt the place of the word that says how many keys there are, 0 when none says so
 */
public record KeyRange(int first, int last, int step, int countAt) {
  static final KeyRange NONE = new KeyRange(0, 0, 0);
  static final KeyRange ONE = new KeyRange(1, 1, 1);
  static final KeyRange SECOND = new KeyRange(2, 2, 1);
  static final KeyRange TWO = new KeyRange(1, 2, 1);
  static final KeyRange REST = new KeyRange(1, -1, 1);
  static final KeyRange PAIRS = new KeyRange(1, -1, 2);
  static final KeyRange COUNTED = new KeyRange(2, 0, 1, 1);
  static final KeyRange COUNTED_PAIRS = new KeyRange(2, 0, 2, 1);

  private KeyRange(int first, int last, int step) {
    this(first, last, step, 0);
  }

  public boolean isNone() { return first == 0; }

  public boolean isCounted() { return countAt > 0; }

  /** The last place in a command of these words; 0 when its count promises none, or more than there are. */
  int lastOf(List<Bytes> words) {
    if (isCounted()) {
      long count = Decimal.parse(words.get(countAt)).orElse(0);
      return count < 1 || count > (words.size() - first) / step ? 0 : first + ((int) count - 1) * step;
    }
    return last < 0 ? words.size() + last : last;
  }

  public List<Bytes> keys(List<Bytes> words) {
    var keys = new ArrayList<Bytes>();
    if (!isNone()) {
      int end = lastOf(words);
      for (int i = first; i <= end; i += step) {
        keys.add(words.get(i));
      }
    }
    return List.copyOf(keys);
  }
}
