package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import java.util.function.Consumer;

/** The outcomes of many requests for one command, told when the last has ended. */
final class Gather {
  private final Outcome[] outcomes;
  private final Consumer<Outcome[]> whole;
  private int missing;

  /** @param whole gets them in the order of the requests */
  Gather(int size, Consumer<Outcome[]> whole) {
    this.outcomes = new Outcome[size];
    this.missing = size;
    this.whole = whole;
  }

  void onOutcome(Outcome outcome, int place) {
    outcomes[place] = outcome;
    if (--missing == 0) {
      whole.accept(outcomes);
    }
  }
}
