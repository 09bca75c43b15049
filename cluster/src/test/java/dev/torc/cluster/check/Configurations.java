package dev.torc.cluster.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a search has been (Lowe's memoisation): which known calls were placed, and the state that they left. How they were ordered does not matter any
 * more. Which calls of unknown outcome were used does matter, but fewer is better: whatever can follow after some of them can follow after fewer.
 * So for each place only the smallest sets are kept, and whoever comes with more need not go on.
 */
final class Configurations<S> {
  /** Of the placed calls all before {@code base} are there; {@code window} has those behind it. So a place is small however long the history is. */
  private record Place<S>(int base, BitSet window, S state) {}

  private final Map<Place<S>, List<CallSet>> seen = new HashMap<>();
  private final Budget budget;

  Configurations(Budget budget) {
    this.budget = budget;
  }

  /** Remembers it, unless a place with as few calls of unknown outcome or fewer was seen. Says whether it is new. */
  boolean add(int base, BitSet placed, S state, CallSet used) {
    var smallest = seen.computeIfAbsent(place(base, placed, state), place -> new ArrayList<>(1));
    if (covers(smallest, used)) {
      return false;
    }
    smallest.removeIf(used::isWithin);
    smallest.add(used);
    budget.configuration();
    return true;
  }

  /** As {@link #add}, remembering nothing. */
  boolean isNew(int base, BitSet placed, S state, CallSet used) {
    return !covers(seen.getOrDefault(place(base, placed, state), List.of()), used);
  }

  private boolean covers(List<CallSet> smallest, CallSet used) {
    for (var other : smallest) {
      budget.step();
      if (other.isWithin(used)) {
        return true;
      }
    }
    return false;
  }

  private static <S> Place<S> place(int base, BitSet placed, S state) {
    return new Place<>(base, placed.get(base, Math.max(base, placed.length())), state);
  }
}
