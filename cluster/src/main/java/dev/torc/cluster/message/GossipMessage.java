package dev.torc.cluster.message;

import dev.torc.cluster.policy.PolicyEntry;
import dev.torc.cluster.ring.NodeId;
import java.util.List;

/**
 * What nodes tell each other by UDP. Each message but {@link State} is one datagram of at most 1,400 bytes, may be lost, doubled or late, and says of which cluster
 * it is. A {@link Beat} is what keeps a node alive in others' eyes; {@link Syn}, {@link Ack} and {@link Ack2} are the three legs of an exchange in which two nodes become
 * equal: what I know of; what you lack and what I want; what you wanted (van Renesse et al., "Efficient reconciliation and flow control for anti-entropy
 * protocols", 2008); {@link Ping} and {@link Pong} ask whether somebody who has fallen silent is there after all. Beside them go the policies of key prefixes.
 */
public sealed interface GossipMessage {

  /** The cluster's name, at most {@link #MAX_CLUSTER_BYTES} of UTF-8; nodes ignore what is not of theirs. */
  String cluster();

  int MAX_CLUSTER_BYTES = 64;

  /** What says what time it is at its sender. */
  sealed interface Timed extends GossipMessage {
    /** The sender's time of day as it leaves, by which clocks that are off are found. */
    long wallMillis();

    /** The digest of the sender's policies. */
    long policies();
  }

  /**
   * A heartbeat, and what is new.
   *
   * @param sender its own digest
   * @param suspicions votes, the least told first
   * @param entries of which something changed of late
   * @param digests of members that are alive though they were suspected, then of some others
   */
  record Beat(String cluster, long wallMillis, long policies, MemberDigest sender, List<Suspicion> suspicions,
      List<Member> entries, List<MemberDigest> digests) implements Timed {
    public Beat {
      suspicions = List.copyOf(suspicions);
      entries = List.copyOf(entries);
      digests = List.copyOf(digests);
    }
  }

  /** The answer to a {@link Beat} that told of entries which are later than the answering node's: send them, as an {@link Ack2}. */
  record Want(String cluster, List<NodeId> wants) implements GossipMessage {
    public Want {
      wants = List.copyOf(wants);
    }
  }

  /**
   * The first leg.
   *
   * @param known how many members the sender knows, itself among them
   * @param view the digest of all that the sender knows, apart from heartbeats and load
   * @param entries its own entry first, then rumours
   * @param digests of some other members
   */
  record Syn(String cluster, long wallMillis, int known, long view, long policies, List<Member> entries,
      List<MemberDigest> digests) implements Timed {
    public Syn {
      entries = List.copyOf(entries);
      digests = List.copyOf(digests);
    }
  }

  /**
   * The answer to a {@link Syn}.
   *
   * @param view as in the Syn
   * @param suspicions that stand
   * @param entries what the sender of the Syn lacks
   * @param beats of members of which only the heartbeat is later here
   * @param wants of whom the answering node wants the entry
   */
  record Ack(String cluster, long view, List<Suspicion> suspicions, List<Member> entries, List<MemberDigest> beats,
      List<NodeId> wants) implements GossipMessage {
    public Ack {
      suspicions = List.copyOf(suspicions);
      entries = List.copyOf(entries);
      beats = List.copyOf(beats);
      wants = List.copyOf(wants);
    }
  }

  /** The answer to an {@link Ack} or a {@link Want} that wanted something. */
  record Ack2(String cluster, List<Member> entries) implements GossipMessage {
    public Ack2 {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Is the target there? Who gets it and is not the target passes it on, once.
   *
   * @param isRelayed whether it was passed on
   */
  record Ping(String cluster, NodeId asker, NodeId target, boolean isRelayed) implements GossipMessage {}

  /**
   * The target is, at this heartbeat; goes back the way on which the {@link Ping} came.
   *
   * @param isRelayed whether who gets it is to pass it on to the asker
   */
  record Pong(String cluster, NodeId asker, MemberDigest target, boolean isRelayed) implements GossipMessage {}

  /** All that the sender knows. No datagram: asked for and sent over TCP, where datagrams did not make two nodes equal, and by who has just started. */
  record State(String cluster, List<Member> entries, List<Suspicion> suspicions) implements GossipMessage {
    public State {
      entries = List.copyOf(entries);
      suspicions = List.copyOf(suspicions);
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
}
