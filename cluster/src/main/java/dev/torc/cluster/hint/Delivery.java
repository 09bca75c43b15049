package dev.torc.cluster.hint;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintAnswer.Pending;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.upkeep.Errands;
import java.util.List;
import java.util.Optional;

/**
 * The delivery of what this node holds for one owner, a batch after the other in the order of the keys, and from the first again until a list is empty. Each hint goes to its owner
 * ({@link Transfer}), and is dropped only when the owner has it on disk, and only if it is still the same: what was added meanwhile goes with a later batch. Nothing needs
 * to be remembered for that, so it goes on after a restart of either side as if nothing had been.
 *
 * <p>An owner that has left the ring, or the replicas of a key, has no use for what was meant for it: that goes to the replicas that the key has now, and is dropped when all of them have
 * it, since nobody knows who of them stands where the owner stood.
 */
final class Delivery {
  private static final long TIMEOUT_MILLIS = 1_000;

  private final NodeId owner;
  private final Replicas replicas;
  private final Pace pace = new Pace();
  private Optional<Key> after = Optional.empty();
  private boolean isBusy;
  private boolean isDone;
  private long startedAt;

  Delivery(NodeId owner, Replicas replicas) {
    this.owner = owner;
    this.replicas = replicas;
  }

  /** Whether nothing was left when it was looked at last. */
  boolean isDone() { return isDone && !isBusy; }

  /** There is something again. */
  void begin() {
    isDone = false;
  }

  /** From the first that is left: what was delivered before is gone. */
  void onUp() {
    pace.onUp();
    after = Optional.empty();
  }

  void onTick(Errands errands) {
    boolean canBegin = errands.isLive(owner) || !errands.ring().isEmpty() && !replicas.isMember(owner, errands);
    if (isBusy || isDone || !canBegin || pace.isPausing(errands.now().steadyMillis())) {
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
    new Transfer(listed.hints().stream().map(pending -> parcel(pending, errands)).toList(), this::onTransferred)
        .begin(errands);
  }

  private Transfer.Parcel parcel(Pending pending, Errands errands) {
    var now = replicas.of(pending.key(), errands);
    return new Transfer.Parcel(pending, now.isEmpty() || now.contains(owner) ? List.of(owner) : now);
  }

  private void onTransferred(List<Transfer.Parcel> parcels, Errands errands) {
    boolean all = true;
    for (var parcel : parcels) {
      if (parcel.isComplete()) {
        errands.announce(Effect.Event.HINT_REPLAYED);
        var drop = new HintStep.Drop(owner, parcel.pending.key(), parcel.pending.hint().record(),
            HintStep.Why.DELIVERED);
        errands.ask(errands.self(), drop, TIMEOUT_MILLIS, (dropped, then) -> {});
      } else {
        all = false;
      }
    }
    end(all, errands);
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
