package dev.torc.cluster.hint;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintAnswer.Tally;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.upkeep.Errands;
import java.util.function.Consumer;

/**
 * Keeps hints within their bounds, the oldest going first. One that was added to within the age stays, however long ago it began: it may be the only copy of something that was
 * acknowledged a moment ago. Beyond the bytes there is no such mercy. Whose hint was given up is told: that owner has to find out by itself what it missed.
 */
final class Bounds {
  private static final int BATCH = 256;
  private static final long TIMEOUT_MILLIS = 2_000;

  private final HintLimits limits;
  private final Consumer<NodeId> givenUp;
  private boolean isBusy;
  private long excessBytes;
  private long from;

  Bounds(HintLimits limits, Consumer<NodeId> givenUp) {
    this.limits = limits;
    this.givenUp = givenUp;
  }

  void onTally(Tally tally, Errands errands) {
    excessBytes = tally.bytes() - limits.maxBytes();
    if (isBusy || tally.oldestMillis() >= oldest(errands) && excessBytes <= 0) {
      return;
    }
    isBusy = true;
    from = excessBytes > 0 ? 0 : from;
    errands.ask(errands.self(), new HintStep.ListOldest(from, BATCH), TIMEOUT_MILLIS, this::onListed);
  }

  private void onListed(StoreAnswer answer, Errands errands) {
    isBusy = false;
    if (!(answer instanceof HintAnswer.Listed listed)) {
      return;
    }
    long next = 0;
    for (var pending : listed.hints()) {
      var hint = pending.hint();
      if (excessBytes > 0) {
        excessBytes -= Math.max(1, hint.record().valueBytes() + pending.key().bytes().size());
        giveUp(pending, errands);
      } else if (hint.lastMillis() < oldest(errands)) {
        giveUp(pending, errands);
      }
      next = hint.sinceMillis();
    }
    from = listed.isLast() || next >= oldest(errands) ? 0 : Math.max(next, from + 1);
  }

  private void giveUp(HintAnswer.Pending pending, Errands errands) {
    var drop = new HintStep.Drop(pending.owner(), pending.key(), pending.hint().record());
    errands.ask(errands.self(), drop, TIMEOUT_MILLIS, (answer, then) -> {
      if (answer instanceof StoreAnswer.Confirmed dropped && dropped.holds()) {
        then.announce(Effect.Event.HINT_DROPPED);
        givenUp.accept(pending.owner());
      }
    });
  }

  private long oldest(Errands errands) {
    return errands.now().wallMillis() - limits.maxAgeMillis();
  }
}
