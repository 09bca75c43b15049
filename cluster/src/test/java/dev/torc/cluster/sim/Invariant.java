package dev.torc.cluster.sim;

/** What must hold, whatever happens. */
enum Invariant {
  /** A deletion is forgotten only where all replicas hold exactly that. */
  REAPED_IS_DELETED_EVERYWHERE,
  /** An acknowledged write is, at the end, part of what the replicas have seen. */
  ACKNOWLEDGED_IS_KEPT,
  /** Whatever is acknowledged at a level is on that many replicas, and on their disks if they are set to sync always. */
  ACKNOWLEDGED_BY_ENOUGH,
  /** What a replica has seen and nothing that it has seen superseded is among its siblings. */
  NO_SIBLING_LOST,
  /** What a replica has seen superseded is not among its siblings. */
  NOTHING_SUPERSEDED_RETURNS,
  /** A version vector covers no dot that its replica has not seen. */
  VERSIONS_CLAIM_WHAT_WAS_SEEN,
  /** A version vector covers each dot that its replica has seen. */
  NOTHING_SEEN_IS_FORGOTTEN,
  /** No dot names two writes, and each is later than what its write has seen. */
  DOTS_FOLLOW_THEIR_PAST,
  /** A read that started after a write was acknowledged sees it, if their levels overlap. */
  READS_SEE_WRITES,
  /** While every node can be reached, a sloppy quorum is a quorum of the replicas themselves. */
  SLOPPY_IS_QUORUM,
  /** An answer has seen what it was to come after. */
  AFTER_IS_SEEN,
  /** An answer has seen all that a quorum had acknowledged as long before its read began as it says that it may be old. */
  STALENESS_IS_TRUE,
  /** A write is on as many replicas as was confirmed, and on their disks if that was asked. */
  CONFIRMED_IS_HELD,
  /** Reads do not go back in time, over all clients. */
  READS_ARE_MONOTONIC,
  /** What strong operations on a key answer is what one register, doing one after another in real time, would have. */
  STRONG_IS_LINEARIZABLE,
  /** What strong operations on several keys and on each of them answer is what one object of all of them, doing one after another in real time, would have. */
  JOINT_IS_ATOMIC,
  /** At the end no operation on several keys holds any. */
  NO_INTENT_STAYS,
  /** A strong operation that starts after a quorum's acknowledgement of a write, or of another strong operation, has seen it. */
  STRONG_SEES_WRITES,
  /** Of two strong writes of a key one has seen the other. */
  STRONG_WRITES_ARE_A_CHAIN,
  /** What a session has seen of a key is part of all that it is answered later. */
  SESSIONS_SEE_WHAT_THEY_SAW,
  /** An answer is that to its own question. */
  ANSWERS_BELONG,
  /** A request is answered once, unless its node went down. */
  ANSWERED_ONCE,
  /** What was refused has not been done. */
  REFUSED_IS_NOT_APPLIED,
  /** A write is done once at most. */
  APPLIED_ONCE,
  /** What is asked of a peer is not done after its deadline. */
  LATE_IS_REFUSED,
  /** No clock is further ahead than its own machine ever was, and the bound. */
  CLOCKS_STAY_WITHIN_SKEW,
  /** A scan returns each key that was there all along. */
  SCANS_FIND_ALL,
  /** A context that a read gave is taken, as long as clocks differ no more than they may. */
  HONEST_CONTEXTS_ARE_TAKEN,
  /** What is held for a replica is let go once that replica has it on disk, or another one in its place, and not before. */
  HINTS_REACH_THEIR_OWNER,
  /** When all is well for a while nobody holds anything for anybody. */
  HINTS_DRAIN,
  /** When all is well again every request succeeds. */
  RECOVERS,
  /** When all is well again replicas come to hold the same by themselves, without anybody reading or writing. */
  REPLICAS_CONVERGE,
  /** The trees that replicas compare are those of their records. */
  TREES_ARE_OF_THE_RECORDS,
  /** After reads of a key at all replicas, these hold the same. */
  REPLICAS_AGREE,
  /** What a node keeps open and waits for has a bound, however many come to it. */
  QUEUES_ARE_BOUNDED,
  /** Nothing stays open. */
  NOTHING_STAYS_OPEN,
  /** Nothing that happens makes the core throw. */
  NEVER_THROWS
}
