package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.loop.CoordinatorShell;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Many requests for one command: all started at once, one reply when the last has ended; the first error, in the order of the keys, if there is any. */
final class Gather {
  private final Outcome[] outcomes;
  private final Function<Outcome[], RespValue> whole;
  private final Consumer<RespValue> reply;
  private int missing;

  private Gather(int size, Function<Outcome[], RespValue> whole, Consumer<RespValue> reply) {
    this.outcomes = new Outcome[size];
    this.missing = size;
    this.whole = whole;
    this.reply = reply;
  }

  static void all(List<? extends Request> requests, CoordinatorShell shell, Function<Outcome[], RespValue> whole,
      Consumer<RespValue> reply) {
    var gather = new Gather(requests.size(), whole, reply);
    shell.requestAll(requests, gather::onOutcome);
  }

  private void onOutcome(Outcome outcome, int place) {
    outcomes[place] = outcome;
    if (--missing > 0) {
      return;
    }
    for (var each : outcomes) {
      if (OutcomeReplies.isError(each)) {
        reply.accept(OutcomeReplies.error(each));
        return;
      }
    }
    reply.accept(whole.apply(outcomes));
  }
}
