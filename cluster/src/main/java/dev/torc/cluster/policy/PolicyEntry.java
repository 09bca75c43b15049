package dev.torc.cluster.policy;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.time.Hlc;
import dev.torc.protocol.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * What was last said of a prefix.
 *
 * @param prefix at most {@link #MAX_PREFIX_BYTES}, so that an entry fits every datagram; empty for all keys
 * @param policy empty once it was removed
 * @param hlc when, 0 for what stood in the configuration
 * @param node by whom, which decides between equal readings
 */
public record PolicyEntry(Bytes prefix, Optional<Policy> policy, long hlc, NodeId node) {
  public static final int MAX_PREFIX_BYTES = 256;

  public PolicyEntry {
    Objects.requireNonNull(policy);
    Objects.requireNonNull(node);
    if (prefix.size() > MAX_PREFIX_BYTES || hlc < 0) {
      throw new IllegalArgumentException("a prefix of " + prefix.size() + " bytes at " + hlc);
    }
  }

  /** The one rule by which entries of a prefix replace each other. One stamp has one content; were it not so, the contents would decide. */
  boolean supersedes(PolicyEntry other) {
    if (hlc != other.hlc) {
      return hlc > other.hlc;
    }
    int nodes = node.compareTo(other.node);
    return nodes != 0 ? nodes > 0 : text().compareTo(other.text()) > 0;
  }

  /** Whether it is a removal that everybody who is ever to hear of it has heard of. */
  public boolean isForgotten(long wallMillis) {
    return policy.isEmpty() && Hlc.millis(hlc) < wallMillis - PolicyTable.REMOVED_KEPT_MILLIS;
  }

  /** What it says, in a form in which a removal and an empty policy differ. */
  String text() {
    return policy.map(said -> "+" + said).orElse("");
  }
}
