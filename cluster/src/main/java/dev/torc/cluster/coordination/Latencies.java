package dev.torc.cluster.coordination;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.time.Moment;
import java.util.TreeMap;

/**
 * Which nodes are slow. Slow is not dead: a node whose process sleeps or whose disk is busy keeps its connections, its heartbeats even, and whatever is asked of
 * it waits until it is given up. Nobody needs to agree on that; it changes nothing but whom this coordinator asks first.
 *
 * <p>A node is slow when it answers later than twice its own p99 (and than {@code speculate-after}; a quarter of a request's time is too late for anybody), or
 * when something waits for as long and nothing else is heard of it. So only what was asked before that pays for it. It is asked last from then on, and comes back by
 * itself: writes go to all replicas, and when some of their answers come in time it is slow no more. So it is with this node itself, whose writes others coordinate then: theirs come back to its store.
 *
 * <p>Who catches up is asked after those who need not: what it tells does not count, so that another would have to be asked after it. For a while, then it is asked again.
 *
 * <p>The complication is this node's own sleep. All answers are late then, and none of the others is to blame: what was asked before it woke says nothing.
 */
final class Latencies {
  /** A shorter time would rather tell of this node's own hiccups. */
  static final long SOONEST_MILLIS = 5;
  /** An event loop that does not come round for as long was asleep. */
  static final long ASLEEP_MILLIS = 200;

  /** After this one that catches up is asked again. */
  static final long IN_PART_MILLIS = 1_000;

  private final TreeMap<NodeId, Latency> nodes = new TreeMap<>();
  /** When nodes last answered as such as catch up. */
  private final TreeMap<NodeId, Long> inPart = new TreeMap<>();
  private final long latestMillis;
  private final long timeoutMillis;
  private long lastAwake = Long.MIN_VALUE / 2;
  private long awakeSince = Long.MIN_VALUE / 2;

  Latencies(CoordinatorConfig config) {
    this.latestMillis = config.speculateAfterMillis();
    this.timeoutMillis = config.timeoutMillis();
  }

  /** To be told often: at every event, and at every tick. */
  void onAwake(Moment now) {
    if (now.steadyMillis() - lastAwake > ASLEEP_MILLIS) {
      awakeSince = now.steadyMillis();
    }
    lastAwake = now.steadyMillis();
  }

  void onAsked(NodeId node, boolean isForward, long askedAt) {
    of(node).onAsked(isForward, askedAt);
  }

  void onAnswer(NodeId node, boolean isForward, long askedAt, Moment now) {
    var latency = of(node);
    if (askedAt < awakeSince) {
      latency.onAnswer(isForward, now.steadyMillis());
    } else {
      latency.onAnswer(isForward, now.steadyMillis() - askedAt, slowAfterMillis(latency), now.steadyMillis());
    }
  }

  /** The answer is not waited for any more. */
  void onGivenUp(Call.OfOperation call, Moment now) {
    var latency = of(call.replica());
    long waited = now.steadyMillis() - Math.max(call.askedAt(), awakeSince);
    latency.onGivenUp(call.isForward(), waited, call.isForward() ? timeoutMillis / 4 : slowAfterMillis(latency),
        now.steadyMillis());
  }

  /** How long to wait for the node's answer before another is asked. */
  long expectedMillis(NodeId node) {
    long p99 = of(node).p99Millis();
    return p99 < 0 ? latestMillis : Math.min(latestMillis, Math.max(SOONEST_MILLIS, p99));
  }

  boolean isSlow(NodeId node, Moment now) {
    var latency = nodes.get(node);
    return latency != null
        && latency.isSlow(awakeSince, slowAfterMillis(latency), timeoutMillis / 4, now.steadyMillis());
  }

  void onPart(NodeId node, Moment now) {
    inPart.put(node, now.steadyMillis());
  }

  /** Whether it has just said that it is, of any key. */
  boolean isCatchingUp(NodeId node, Moment now) {
    var at = inPart.isEmpty() ? null : inPart.get(node);
    return at != null && now.steadyMillis() - at < IN_PART_MILLIS;
  }

  private long slowAfterMillis(Latency latency) {
    return Math.min(Math.max(1, timeoutMillis / 4), Math.max(latestMillis, 2 * latency.p99Millis()));
  }

  private Latency of(NodeId node) {
    var latency = nodes.get(node);
    if (latency == null) {
      latency = new Latency();
      nodes.put(node, latency);
    }
    return latency;
  }
}
