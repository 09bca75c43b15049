package dev.torc.compat.history;

/** What the answer to an ordinary write or read rests on. */
public enum Level {
  ONE(1, false),
  ANY(1, false),
  /** Two nodes, though not always two replicas: reads at a quorum need not meet them. */
  SLOPPY(2, false),
  QUORUM(2, true),
  ALL(3, true);

  /** How many nodes have a write, each on a disk of its own, once it is acknowledged. */
  final int holders;
  /** Whether a write and a read, both at such levels, meet in a replica. */
  final boolean isQuorum;

  Level(int holders, boolean isQuorum) {
    this.holders = holders;
    this.isQuorum = isQuorum;
  }
}
