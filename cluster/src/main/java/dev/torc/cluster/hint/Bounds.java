package dev.torc.cluster.hint;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintAnswer.Pending;
import dev.torc.cluster.storage.HintAnswer.Tally;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.HintStep.Why;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.upkeep.Errands;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps hints within their bounds, the oldest going first. One that was added to within the age stays, however long ago it began: somebody still writes what its owner misses. Beyond the
 * bytes there is no such mercy.
 *
 * <p>A hint may be the only copy of something that was acknowledged, so none just goes: it is brought to the replicas of its key that can be reached, and let go when one of them has it on
 * disk. If none takes it, its age alone is no reason to lose it, and it stays; one too many is lost. Either way its owner has missed it, and is told so one day ({@link HintedHandoff}).
 */
final class Bounds {
  private static final long TIMEOUT_MILLIS = 2_000;
  /** All that is old is looked at so many times while it gets too old, at least once a minute. */
  private static final int LOOKS_AT_AGE = 8;
  private static final long LOOK_EVERY_MILLIS = 60_000;

  private final HintLimits limits;
  private final Replicas replicas;
  private final Pace pace = new Pace();
  private boolean isDue;
  private boolean isBusy;
  private long excessBytes;
  private long from;
  private long looksAt = Long.MIN_VALUE;
  private long startedAt;
  /** Of those that are leaving how many, the first, are too many. */
  private int tooMany;

  Bounds(HintLimits limits, Replicas replicas) {
    this.limits = limits;
    this.replicas = replicas;
  }

  void onTally(Tally tally, Errands errands) {
    if (!isBusy) {
      excessBytes = tally.bytes() - limits.maxBytes();
      boolean looks = from > 0 || errands.now().steadyMillis() >= looksAt;
      isDue = excessBytes > 0 || looks && tally.oldestMillis() < oldest(errands);
    }
  }

  void onTick(Errands errands) {
    if (!isDue || isBusy || errands.ring().isEmpty() || pace.isPausing(errands.now().steadyMillis())) {
      return;
    }
    isBusy = true;
    from = excessBytes > 0 ? 0 : from;
    errands.ask(errands.self(), new HintStep.ListOldest(from, pace.batch()), TIMEOUT_MILLIS, this::onListed);
  }

  private void onListed(StoreAnswer answer, Errands errands) {
    startedAt = errands.now().steadyMillis();
    if (!(answer instanceof HintAnswer.Listed listed)) {
      isBusy = false;
      pace.onFailed(startedAt);
      return;
    }
    var leaving = new ArrayList<Transfer.Parcel>();
    tooMany = 0;
    long next = 0;
    for (var pending : listed.hints()) {
      var hint = pending.hint();
      if (excessBytes > 0) {
        excessBytes -= pending.bytes();
        tooMany++;
        leaving.add(parcel(pending, errands));
      } else if (hint.lastMillis() < oldest(errands)) {
        leaving.add(parcel(pending, errands));
      }
      next = hint.sinceMillis();
    }
    goOn(next, listed.isLast(), errands);
    new Transfer(leaving, this::onTransferred).begin(errands);
  }

  private void goOn(long next, boolean isLast, Errands errands) {
    boolean isOver = isLast || next >= oldest(errands);
    from = isOver ? 0 : Math.max(next, from + 1);
    isDue = excessBytes > 0 && !isLast || !isOver;
    if (isOver) {
      looksAt = startedAt + Math.min(LOOK_EVERY_MILLIS, limits.maxAgeMillis() / LOOKS_AT_AGE);
    }
  }

  private Transfer.Parcel parcel(Pending pending, Errands errands) {
    return new Transfer.Parcel(pending,
        replicas.of(pending.key(), errands).stream().filter(errands::isLive).toList());
  }

  private void onTransferred(List<Transfer.Parcel> parcels, Errands errands) {
    long now = errands.now().steadyMillis();
    isBusy = false;
    pace.onDelivered(startedAt, now);
    for (int i = 0; i < parcels.size(); i++) {
      if (i < tooMany || !parcels.get(i).confirmed.isEmpty()) {
        letGo(parcels.get(i), errands);
      }
    }
  }

  private static void letGo(Transfer.Parcel parcel, Errands errands) {
    var pending = parcel.pending;
    var why = parcel.confirmed.contains(pending.owner())
        ? Why.DELIVERED
        : parcel.confirmed.isEmpty() ? Why.GIVEN_UP : Why.HANDED_OVER;
    var drop = new HintStep.Drop(pending.owner(), pending.key(), pending.hint().record(), why);
    errands.ask(errands.self(), drop, TIMEOUT_MILLIS, (answer, then) -> {
      if (answer instanceof StoreAnswer.Confirmed dropped && dropped.holds()) {
        then.announce(event(why));
      }
    });
  }

  private static Effect.Event event(Why why) {
    return switch (why) {
      case DELIVERED -> Effect.Event.HINT_REPLAYED;
      case HANDED_OVER -> Effect.Event.HINT_HANDED_OVER;
      case GIVEN_UP -> Effect.Event.HINT_DROPPED;
    };
  }

  private long oldest(Errands errands) {
    return errands.now().wallMillis() - limits.maxAgeMillis();
  }
}
