package dev.torc.cluster.ring;

import java.util.TreeMap;

/** Which slots a node holds together with others, as one ring has it; each worked out once. */
public final class SharedSlots {
  private static final int COUNTS = 32;

  private final Ring ring;
  private final NodeId self;
  private final TreeMap<NodeId, SlotSet[]> byPeer = new TreeMap<>();

  public SharedSlots(Ring ring, NodeId self) {
    this.ring = ring;
    this.self = self;
  }

  /**
   * None with a node that is no member.
   *
   * @param replicas N of the keys that are meant; 0 is the ring's
   */
  public SlotSet with(NodeId peer, int replicas) {
    if (replicas < 0 || replicas >= COUNTS || ring.members().stream().noneMatch(member -> member.id().equals(peer))) {
      return SlotSet.NONE;
    }
    var known = byPeer.computeIfAbsent(peer, unknown -> new SlotSet[COUNTS]);
    if (known[replicas] == null) {
      known[replicas] = SlotSet.shared(ring, self, peer, replicas);
    }
    return known[replicas];
  }
}
