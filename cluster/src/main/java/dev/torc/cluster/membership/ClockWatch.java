package dev.torc.cluster.membership;

import dev.torc.cluster.membership.GossipEffect.ClockJudged;
import dev.torc.cluster.ring.NodeId;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Compares this node's time of day with its peers'. Who is far from the median of them is wrong himself: his writes would sort before or behind
 * everybody's for as long as the gap lasts. The median, so that one peer with a broken clock accuses nobody; and of at least two, since of two nodes that
 * disagree neither can know who is right. A datagram's way counts as a difference, which is small beside the seconds that are allowed.
 */
final class ClockWatch {
  private static final int FEWEST_PEERS = 2;

  private final int maxSkewMillis;
  private final TreeMap<NodeId, Long> aheadMillis = new TreeMap<>();
  private boolean trusted = true;

  ClockWatch(int maxSkewMillis) {
    this.maxSkewMillis = maxSkewMillis;
  }

  /** What time it was at a peer as its message left, and is here. */
  void observe(NodeId peer, long theirWallMillis, long wallMillis) {
    aheadMillis.put(peer, theirWallMillis - wallMillis);
  }

  /** The judgement, if it is another than before. */
  Optional<ClockJudged> review(Predicate<NodeId> isAlive) {
    aheadMillis.keySet().removeIf(isAlive.negate());
    long median = medianMillis();
    boolean near = Math.abs(median) <= maxSkewMillis;
    if (near == trusted) {
      return Optional.empty();
    }
    trusted = near;
    return Optional.of(new ClockJudged(near, median));
  }

  /** Of an even number the one that accuses less. */
  private long medianMillis() {
    if (aheadMillis.size() < FEWEST_PEERS) {
      return 0;
    }
    var sorted = aheadMillis.values().stream().sorted().toList();
    long upper = sorted.get(sorted.size() / 2);
    long lower = sorted.get((sorted.size() - 1) / 2);
    return Math.abs(lower) < Math.abs(upper) ? lower : upper;
  }
}
