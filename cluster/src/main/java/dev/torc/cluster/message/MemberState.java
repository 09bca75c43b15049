package dev.torc.cluster.message;

/** Where a member stands in the life of the cluster. The order is part of the wire form. */
public enum MemberState {
  /** It waits until the expected number of founders know each other; it serves nobody. */
  FOUNDING,
  /** It is in the ring and serves, whether or not it is up just now. */
  NORMAL,
  /** It left for good; its id never comes back. */
  LEFT
}
