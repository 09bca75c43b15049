package dev.torc.verticles.client;

import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.version.Sibling;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import java.util.Optional;

/** The value of a key as Redis's commands tell it: of concurrent ones the latest. */
final class Values {
  private Values() {}

  static Optional<Sibling> latest(Outcome.Found found) {
    return found.record().latestLive(SystemClock.now().wallMillis());
  }

  static RespValue bulk(Optional<Sibling> sibling) {
    return sibling.isPresent() ? RespValue.bulk(sibling.get().content().value()) : RespValue.NIL;
  }

  /** Whether the key that was deleted had a value. */
  static boolean existed(Outcome outcome) {
    return outcome instanceof Outcome.Written written
        ? written.existed()
        : outcome instanceof Outcome.Changed changed && changed.result() instanceof ChangeResult.Done done
            && done.isDone();
  }
}
