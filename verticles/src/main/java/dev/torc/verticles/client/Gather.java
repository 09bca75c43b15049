package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.verticles.loop.CoordinatorShell;
import java.util.List;
import java.util.function.Consumer;

/** Many requests for one command: all started at once, told when the last has ended. */
final class Gather {
  private final Outcome[] outcomes;
  private final Consumer<Outcome[]> whole;
  private int missing;

  private Gather(int size, Consumer<Outcome[]> whole) {
    this.outcomes = new Outcome[size];
    this.missing = size;
    this.whole = whole;
  }

  /** @param whole gets the outcomes in the order of the requests */
  static void all(List<? extends Request> requests, CoordinatorShell shell, Consumer<Outcome[]> whole) {
    var gather = new Gather(requests.size(), whole);
    shell.requestAll(requests, gather::onOutcome);
  }

  private void onOutcome(Outcome outcome, int place) {
    outcomes[place] = outcome;
    if (--missing == 0) {
      whole.accept(outcomes);
    }
  }
}
