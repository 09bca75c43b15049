package dev.torc.cluster.version;

/**
 * The name of one write, unique and for ever: who stamped it, and when by its hybrid logical clock. Ordered by time first, so that the greatest
 * of a set is its latest.
 *
 * @param actor the 64-bit random identity of the replica's slot incarnation that stamped the write
 * @param hlc a reading of {@link dev.torc.cluster.time.HybridClock}, greater than 0
 */
public record Dot(long actor, long hlc) implements Comparable<Dot> {

  @Override
  public int compareTo(Dot other) {
    int byTime = Long.compareUnsigned(hlc, other.hlc);
    return byTime != 0 ? byTime : Long.compareUnsigned(actor, other.actor);
  }

  @Override
  public String toString() {
    return String.format("%016x@%d.%d", actor, hlc >>> 16, hlc & 0xffff);
  }
}
