package dev.torc.cluster.hint;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer.Owed;
import dev.torc.cluster.storage.HintAnswer.Tally;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.upkeep.Chore;
import dev.torc.cluster.upkeep.Errands;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Brings what this node holds for others to whom it belongs, as soon as they can be reached. How many hints there are is asked of the store every second; an owner that has any and can be
 * reached gets them, each owner at its own pace ({@link Pace}), none waiting for another. What is too old, or too much, is given up ({@link Bounds}).
 *
 * <p>The complication is what must never be lost in between: a hint may be the only copy of a write that was acknowledged. So it is dropped after its owner has said that it has
 * it, and never before; to deliver it twice does no harm. (Dynamo, DeCandia et al. 2007, section 4.6.)
 */
public final class HintedHandoff implements Chore {
  private static final long LOOK_EVERY_MILLIS = 1_000;
  private static final long TIMEOUT_MILLIS = 2_000;

  private final TreeMap<NodeId, Delivery> deliveries = new TreeMap<>();
  private final Bounds bounds;
  private final Consumer<Tally> told;
  private boolean isLooking;
  private long looksAt = Long.MIN_VALUE;

  /**
   * @param told how many hints there are, each time it was looked at
   * @param givenUp whose hints were given up; those owners will not hear of what was in them from here
   */
  public HintedHandoff(HintLimits limits, Consumer<Tally> told, Consumer<NodeId> givenUp) {
    this.bounds = new Bounds(limits, givenUp);
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
        deliveries.computeIfAbsent(owed.owner(), Delivery::new).begin();
      }
      bounds.onTally(tally, errands);
    }
  }
}
