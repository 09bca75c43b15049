package dev.torc.cluster.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The known calls that are not placed yet: a linked list of their beginnings and ends, by time. Any call that begins before the first end may come
 * next, and no other. Taking a call out and putting it back, last out first in, costs the same however long the list is.
 *
 * <p>
 * A call is its index, and calls are indexed by the time of their invocation. An entry is 2 × index for the beginning, and one more for the end.
 */
final class Timeline {
  static final int NONE = -1;

  private final int[] next;
  private final int[] previous;
  private final int[] unknownBeforeEnd;
  /** The entry before the first and behind the last. */
  private final int bound;

  /** Both sorted by invocation. */
  Timeline(List<? extends Call<?, ?>> known, List<? extends Call<?, ?>> unknown) {
    bound = 2 * known.size();
    next = new int[bound + 1];
    previous = new int[bound + 1];
    int last = bound;
    for (int entry : entriesByTime(known)) {
      next[last] = entry;
      previous[entry] = last;
      last = entry;
    }
    next[last] = bound;
    previous[bound] = last;
    unknownBeforeEnd = known.stream()
        .mapToInt(call -> (int) unknown.stream().filter(open -> open.invoked() <= call.returned()).count()).toArray();
  }

  private static int[] entriesByTime(List<? extends Call<?, ?>> known) {
    // A beginning comes before an end of the same time, whosever it is.
    return IntStream.range(0, 2 * known.size()).boxed()
        .sorted(Comparator.<Integer>comparingLong(entry -> time(known.get(entry / 2), entry))
            .thenComparing(entry -> entry % 2)
            .thenComparing(entry -> entry))
        .mapToInt(Integer::intValue).toArray();
  }

  private static long time(Call<?, ?> call, int entry) {
    return entry % 2 == 0 ? call.invoked() : call.returned();
  }

  boolean isEmpty() { return next[bound] == bound; }

  /** The earliest call that is not placed; the number of calls if all are. */
  int base() {
    return next[bound] / 2;
  }

  /** The first call that may come next, or {@link #NONE}. */
  int first() {
    return candidate(next[bound]);
  }

  /** The call after this one that may come next, or {@link #NONE}. */
  int after(int call) {
    return candidate(next[2 * call]);
  }

  private int candidate(int entry) {
    return entry == bound || entry % 2 == 1 ? NONE : entry / 2;
  }

  /** How many calls of unknown outcome may come next: those invoked up to the first end. */
  int unknownNow() {
    int entry = next[bound];
    while (entry % 2 == 0) {
      entry = next[entry];
    }
    return unknownBeforeEnd[entry / 2];
  }

  void takeOut(int call) {
    unlink(2 * call);
    unlink(2 * call + 1);
  }

  void putBack(int call) {
    link(2 * call + 1);
    link(2 * call);
  }

  private void unlink(int entry) {
    next[previous[entry]] = next[entry];
    previous[next[entry]] = previous[entry];
  }

  private void link(int entry) {
    next[previous[entry]] = entry;
    previous[next[entry]] = entry;
  }
}
