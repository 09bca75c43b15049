package dev.torc.cluster.hint;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer.Missed;
import dev.torc.cluster.storage.HintAnswer.Owed;
import dev.torc.cluster.storage.HintAnswer.Tally;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.upkeep.Chore;
import dev.torc.cluster.upkeep.Errands;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Brings what this node holds for others to whom it belongs, as soon as they can be reached. How many hints there are is asked of the store every second; an owner that has any and can be
 * reached gets them, each owner at its own pace ({@link Pace}), none waiting for another. What is too old, or too much, is given up ({@link Bounds}); an owner that has missed something by
 * that is told so when it can be reached, by this process once for each time, so that it compares its records with the other replicas' at once.
 *
 * <p>The complication is what must never be lost in between: a hint may be the only copy of a write that was acknowledged. So it is dropped after its owner has said that it has
 * it on disk, and never before; to deliver it twice does no harm. (Dynamo, DeCandia et al. 2007, section 4.6.)
 */
public final class HintedHandoff implements Chore {
  private static final long LOOK_EVERY_MILLIS = 1_000;
  private static final long TIMEOUT_MILLIS = 2_000;
  /** While more and more is given up, its owner is told now and then. */
  private static final long TELL_EVERY_MILLIS = 30_000;

  private final TreeMap<NodeId, Delivery> deliveries = new TreeMap<>();
  private final TreeMap<NodeId, Telling> tellings = new TreeMap<>();
  private final Replicas replicas;
  private final Bounds bounds;
  private final Consumer<Tally> told;
  private boolean isLooking;
  private long looksAt = Long.MIN_VALUE;

  /** What an owner knows of what it has missed. */
  private static final class Telling {
    private long knownMillis;
    private long nextAt = Long.MIN_VALUE;
  }

  /**
   * @param replicasOf N of a key, as its prefix has it; 0: the ring's
   * @param told how many hints there are, each time it was looked at
   */
  public HintedHandoff(HintLimits limits, ToIntFunction<Key> replicasOf, Consumer<Tally> told) {
    this.replicas = new Replicas(replicasOf);
    this.bounds = new Bounds(limits, replicas);
    this.told = told;
  }

  @Override
  public void onTick(Errands errands) {
    if (!isLooking && errands.now().steadyMillis() >= looksAt) {
      isLooking = true;
      errands.ask(errands.self(), new HintStep.CountKept(), TIMEOUT_MILLIS, this::onTally);
    }
    deliveries.values().removeIf(Delivery::isDone);
    deliveries.values().forEach(delivery -> delivery.onTick(errands));
    bounds.onTick(errands);
  }

  @Override
  public void onPeerUp(NodeId peer, Errands errands) {
    var delivery = deliveries.get(peer);
    if (delivery != null) {
      delivery.onUp();
    }
  }

  private void onTally(StoreAnswer answer, Errands errands) {
    isLooking = false;
    looksAt = errands.now().steadyMillis() + LOOK_EVERY_MILLIS;
    if (answer instanceof Tally tally) {
      told.accept(tally);
      for (Owed owed : tally.owners()) {
        deliveries.computeIfAbsent(owed.owner(), owner -> new Delivery(owner, replicas)).begin();
      }
      bounds.onTally(tally, errands);
      tally.missed().forEach(missed -> tell(missed, errands));
    }
  }

  /** What it has been told since this process began is not told again. */
  private void tell(Missed missed, Errands errands) {
    var telling = tellings.computeIfAbsent(missed.owner(), unknown -> new Telling());
    long now = errands.now().steadyMillis();
    if (telling.knownMillis == missed.lastMillis() || now < telling.nextAt || !errands.isLive(missed.owner())) {
      return;
    }
    telling.nextAt = now + TELL_EVERY_MILLIS;
    errands.ask(missed.owner(), new HintStep.TellMissed(), Transfer.TIMEOUT_MILLIS, (answer, then) -> {
      if (answer instanceof StoreAnswer.Confirmed) {
        telling.knownMillis = missed.lastMillis();
      } else {
        telling.nextAt = then.now().steadyMillis();
      }
    });
  }
}
