package dev.torc.cluster.message;

import dev.torc.cluster.policy.PolicyEntry;
import dev.torc.cluster.ring.NodeId;
import java.util.List;

/**
 * What nodes tell each other by UDP, three legs of one exchange: what I am and know of; what you lack and what I want; what you wanted. Each is one
 * datagram of at most 1,400 bytes, may be lost, doubled or late, and says of which cluster it is (van Renesse et al., "Efficient reconciliation
 * and flow control for anti-entropy protocols", 2008). Beside them go the policies of key prefixes, when the first leg shows that they differ.
 */
public sealed interface GossipMessage {

  /** The cluster's name, at most {@link #MAX_CLUSTER_BYTES} of UTF-8; nodes ignore what is not of theirs. */
  String cluster();

  int MAX_CLUSTER_BYTES = 64;

  /**
   * The first leg.
   *
   * @param wallMillis the sender's time of day as it leaves, by which clocks that are off are found
   * @param known how many members the sender knows, itself among them
   * @param policies the digest of the sender's policies
   * @param entries its own entry first, then rumours
   * @param digests of some other members
   */
  record Syn(String cluster, long wallMillis, int known, long policies, List<Member> entries,
      List<MemberDigest> digests) implements GossipMessage {
    public Syn {
      entries = List.copyOf(entries);
      digests = List.copyOf(digests);
    }
  }

  /**
   * The answer to a {@link Syn}.
   *
   * @param entries what the sender of the Syn lacks
   * @param beats of members of which only the heartbeat is later here
   * @param wants of whom the answering node wants the entry
   */
  record Ack(String cluster, List<Member> entries, List<MemberDigest> beats,
      List<NodeId> wants) implements GossipMessage {
    public Ack {
      entries = List.copyOf(entries);
      beats = List.copyOf(beats);
      wants = List.copyOf(wants);
    }
  }

  /**
   * Some of the sender's policies.
   *
   * @param digest of all that the sender has
   * @param wantsAnswer whether the receiver is to send some of its own, if they differ still
   */
  record Policies(String cluster, long digest, boolean wantsAnswer,
      List<PolicyEntry> entries) implements GossipMessage {
    public Policies {
      entries = List.copyOf(entries);
    }
  }

  /** The answer to an {@link Ack} that wanted something. */
  record Ack2(String cluster, List<Member> entries) implements GossipMessage {
    public Ack2 {
      entries = List.copyOf(entries);
    }
  }
}
