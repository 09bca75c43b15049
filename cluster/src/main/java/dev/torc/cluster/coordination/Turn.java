package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;

/** What an operation can see and do while one event is handled. */
interface Turn {
  Moment now();

  NodeId self();

  Ring ring();

  CoordinatorConfig config();

  /** Whether a request to the node would leave now, as far as is known. This node itself always is. */
  boolean isLive(NodeId node);

  /** Whether others should be asked before this node, which may be this one itself. */
  boolean isSlow(NodeId node);

  /** Whether the node's answers do not count for a while, as it has just said; it may be this one itself. */
  boolean isCatchingUp(NodeId node);

  /** How long to wait for the node's answer before another is asked. */
  long expectedMillis(NodeId node);

  /** This coordinator's clock: the greatest reading that it has met. */
  long seenHlc();

  /** A reading above this one is further ahead than clocks may differ. */
  long furthestHlc();

  Proposer proposer();

  /** What this coordinator knows of the age of versions. */
  Verified verified();

  /** Has a replica, or this node itself, do the step, and brings the answer back to the operation. */
  void ask(Coordination operation, NodeId replica, StoreStep step);

  void forward(Coordination operation, NodeId replica, Request.ToReplica request);

  /** Starts an operation as a part of another. */
  void open(Coordination operation);

  /** Tells whoever waits. Does not end the operation. */
  void reply(Coordination operation, Outcome outcome);

  /** Forgets the operation; answers that come still are ignored. */
  void end(Coordination operation);

  /** Answers to what the operation has asked so far are ignored. */
  void dropCalls(Coordination operation);

  /** Calls the operation ({@link Coordination#onWake}) so much later, or up to a tick and 8 ms after that, if it is still open then. */
  void wakeAfter(Coordination operation, long millis);

  /** Calls {@link Coordination#onLate} once more, so much later. */
  void lateAfter(Coordination operation, long millis);

  void announce(Effect.Event event);

  /** Whether so much is open that nothing more may stay so for the sake of hints. */
  boolean isCrowded();
}
