package dev.torc.cluster.ring;

import java.util.Objects;

/**
 * What the ring needs to know of a node, and all that it depends on.
 *
 * @param position the first of the positions that the node holds in the {@link PositionTable}, from 0
 * @param weight how many positions in a row it holds, 1 … {@link #MAX_WEIGHT}; its fair share is in proportion
 * @param zone what fails together (a rack, an availability zone); names are per data centre
 */
public record RingMember(NodeId id, int position, int weight, String zone, String dataCenter) {
  public static final int MAX_WEIGHT = 64;

  public RingMember {
    Objects.requireNonNull(id);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(dataCenter);
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException("weight " + weight + " is not in 1 … " + MAX_WEIGHT);
    }
    if (position < 0 || position + weight > PositionTable.MAX_POSITIONS) {
      throw new IllegalArgumentException(
          "positions " + position + " + " + weight + " are not in 0 … " + PositionTable.MAX_POSITIONS);
    }
  }
}
