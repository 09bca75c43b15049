package dev.torc.cluster.ring;

/** A node's identity for as long as its data directory lives: 64 random bits. Written as 16 hex digits, ordered as an unsigned number. */
public record NodeId(long value) implements Comparable<NodeId> {

  @Override
  public int compareTo(NodeId other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return String.format("%016x", value);
  }
}
