package dev.torc.cluster.hint;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.upkeep.Errands;
import java.util.Optional;

/**
 * The delivery of what this node holds for one owner, a batch after the other in the order of the keys, and from the first again until a list is empty. Each hint goes to its owner as an
 * ordinary merge, and is dropped only when the owner has acknowledged it, and only if it is still the same: what was added meanwhile goes with a later batch. Nothing needs
 * to be remembered for that, so it goes on after a restart of either side as if nothing had been.
 */
final class Delivery {
  private static final long TIMEOUT_MILLIS = 1_000;

  private final NodeId owner;
  private final Pace pace = new Pace();
  private Optional<Key> after = Optional.empty();
  private boolean isBusy;
  private boolean isDone;
  private long startedAt;
  private int open;
  private int failed;

  Delivery(NodeId owner) {
    this.owner = owner;
  }

  /** Whether nothing was left when it was looked at last. */
  boolean isDone() { return isDone && !isBusy; }

  /** There is something again. */
  void begin() {
    isDone = false;
  }

  void onUp() {
    pace.onUp();
  }

  void onTick(Errands errands) {
    if (isBusy || isDone || !errands.isLive(owner) || pace.isPausing(errands.now().steadyMillis())) {
      return;
    }
    isBusy = true;
    errands.ask(errands.self(), new HintStep.ListKept(owner, after, pace.batch()), TIMEOUT_MILLIS, this::onListed);
  }

  private void onListed(StoreAnswer answer, Errands errands) {
    if (!(answer instanceof HintAnswer.Listed listed)) {
      end(false, errands);
      return;
    }
    if (listed.hints().isEmpty()) {
      isDone = after.isEmpty();
      after = Optional.empty();
      isBusy = false;
      return;
    }
    after = listed.isLast() ? Optional.empty() : Optional.of(listed.hints().getLast().key());
    startedAt = errands.now().steadyMillis();
    open = listed.hints().size();
    failed = 0;
    for (var pending : listed.hints()) {
      var merge = new StoreStep.Merge(pending.key(), pending.hint().record());
      errands.ask(owner, merge, TIMEOUT_MILLIS, (merged, then) -> onDelivered(pending, merged, then));
    }
  }

  private void onDelivered(HintAnswer.Pending pending, StoreAnswer answer, Errands errands) {
    if (answer instanceof StoreAnswer.Merged) {
      errands.announce(Effect.Event.HINT_REPLAYED);
      var drop = new HintStep.Drop(owner, pending.key(), pending.hint().record());
      errands.ask(errands.self(), drop, TIMEOUT_MILLIS, (dropped, then) -> {});
    } else {
      failed++;
    }
    if (--open == 0) {
      end(failed == 0, errands);
    }
  }

  private void end(boolean delivered, Errands errands) {
    long now = errands.now().steadyMillis();
    isBusy = false;
    if (delivered) {
      pace.onDelivered(startedAt, now);
    } else {
      pace.onFailed(now);
    }
  }
}
