package dev.torc.verticles.gossip;

import dev.torc.cluster.policy.Policy;
import dev.torc.protocol.Bytes;
import java.util.Optional;

/**
 * What a client wants of a prefix.
 *
 * @param policy what it is to say, beside what it says already; empty: nothing any more
 */
public record PolicyChange(Bytes prefix, Optional<Policy> policy) {

  /** What became of it. */
  public enum Fate {
    /** It is on this node's disk and on its way to the others. */
    KEPT,
    /** There is no room for another prefix. */
    NO_ROOM,
    /** It holds here, but could not be written: it may be gone after a restart, or have reached another node. */
    NOT_ON_DISK
  }
}
