package dev.torc.cluster.upkeep;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import java.util.random.RandomGenerator;

/** What a chore sees and does while one event is handled. Not to be kept beyond it. */
public interface Errands {
  Moment now();

  NodeId self();

  /** Empty before the cluster has formed. */
  Ring ring();

  /** Whether an errand to the node would leave now, as far as is known; this node itself always can be asked. */
  boolean isLive(NodeId node);

  RandomGenerator random();

  /**
   * Has a node's store, this one's or a peer's, do a step.
   *
   * @param timeoutMillis after which the answer is {@code LOST}, and a peer refuses to begin with it
   */
  void ask(NodeId node, StoreStep step, long timeoutMillis, Answered then);

  /** Has the coordinator beside carry out an operation of which nobody waits for the outcome. */
  void begin(Request request);

  void announce(Effect.Event event);
}
