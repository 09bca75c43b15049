package dev.torc.cluster.check;

import dev.torc.cluster.check.Verdict.DeadEnd;
import dev.torc.cluster.check.Verdict.Linearizable;
import dev.torc.cluster.check.Verdict.NotLinearizable;
import dev.torc.cluster.check.Verdict.Undecided;
import java.util.Comparator;
import java.util.List;

/**
 * Is there an order of these calls, one at a time, that explains every answer and in which a call that ended before another began comes before it?
 * (Herlihy and Wing, Linearizability, 1990.) The search is Wing and Gong's with Lowe's memoisation (Testing for Linearizability, 2017): place one of
 * the calls that may come next, go on, and take it back if that leads nowhere; never go on from where one has been.
 *
 * <p>
 * The complication is calls of unknown outcome. Each stays possible for ever, so that a few dozen of them have more orders than a search can
 * try. Four rules keep them few. Known calls are tried first, and of unknown ones those sequences that are short: an unknown call is used only where the
 * known ones need it. Of two unknown calls between which no answer can tell, the earlier goes first. None is used up that an answer {@link Needs} later. And {@link Configurations} forgets whoever used more of them for the
 * same. So the search runs in rounds: at most one unknown call between two known ones, at most two, four, …; and as soon as a round had
 * nothing to cut off, its no is final.
 *
 * <p>
 * A history is of one object. Objects are linearizable together exactly if each is alone, so check each key for itself.
 */
public final class Linearizability {
  /** Of some 200 bytes each, or more if the states are large. */
  private static final long CONFIGURATIONS = 500_000;
  private static final long STEPS = 50_000_000;

  private Linearizability() {}

  /** The calls of one object, in any order. Ends after some seconds at the latest, then as {@link Undecided}. */
  public static <S, I, O> Verdict<I, O> check(Model<S, I, O> model, List<Call<I, O>> calls) {
    return check(model, calls, new Budget(CONFIGURATIONS, STEPS));
  }

  static <S, I, O> Verdict<I, O> check(Model<S, I, O> model, List<Call<I, O>> calls, Budget budget) {
    var sorted = calls.stream().sorted(Comparator.comparingLong(Call::invoked)).toList();
    DeadEnd<I, O> deepest = null;
    for (int unknownInARow = 1;; unknownInARow *= 2) {
      var search = new Search<>(model, sorted, unknownInARow, budget);
      switch (search.run()) {
        case FOUND -> {
          return new Linearizable<>(search.order());
        }
        case NONE -> {
          return new NotLinearizable<>(search.deadEnd());
        }
        case SPENT -> {
          return new Undecided<>(deeper(deepest, search.deadEnd()));
        }
        case CUT_OFF -> deepest = deeper(deepest, search.deadEnd());
      }
    }
  }

  private static <I, O> DeadEnd<I, O> deeper(DeadEnd<I, O> earlier, DeadEnd<I, O> later) {
    return earlier == null || earlier.prefix().size() < later.prefix().size() ? later : earlier;
  }
}
