package dev.torc.cluster.paxos;

/**
 * The number of a round of a strong operation. No two proposers ever use the same one, and no proposer uses one twice.
 *
 * @param counter an HLC reading
 * @param proposer 64 random bits, drawn when the proposing process starts
 */
public record Ballot(long counter, long proposer) implements Comparable<Ballot> {
  /** Below all others. */
  public static final Ballot NONE = new Ballot(0, 0);

  public boolean isNone() { return equals(NONE); }

  @Override
  public int compareTo(Ballot other) {
    int byCounter = Long.compareUnsigned(counter, other.counter);
    return byCounter != 0 ? byCounter : Long.compareUnsigned(proposer, other.proposer);
  }

  public boolean isBelow(Ballot other) {
    return compareTo(other) < 0;
  }

  public static Ballot max(Ballot one, Ballot other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  @Override
  public String toString() {
    return String.format("%d.%d/%016x", counter >>> 16, counter & 0xffff, proposer);
  }
}
