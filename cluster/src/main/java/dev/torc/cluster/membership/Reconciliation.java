package dev.torc.cluster.membership;

import dev.torc.cluster.membership.GossipEffect.FetchState;
import java.util.Optional;

/**
 * When datagrams are not enough: a node that has just started asks the first that answers for all it knows, and so does one whose view still differs from
 * others' after two exchanges. Over TCP, for it may be large, and seldom.
 */
final class Reconciliation {
  private static final int EXCHANGES = 2;
  private static final int PAUSE_MILLIS = 10_000;

  private boolean hasJoined;
  private int differing;
  private long nextMillis = Long.MIN_VALUE;

  /** @param isEqual whether the other's view is the same as this node's, after the exchange of what fitted */
  Optional<FetchState> onView(boolean isEqual, String host, int port, long nowMillis) {
    differing = isEqual ? 0 : differing + 1;
    boolean wanted = !hasJoined || differing >= EXCHANGES;
    if (!wanted || nowMillis < nextMillis) {
      return Optional.empty();
    }
    hasJoined = true;
    differing = 0;
    nextMillis = nowMillis + PAUSE_MILLIS;
    return Optional.of(new FetchState(host, port));
  }
}
