package dev.torc.cluster.membership;

import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Who watches whom: each member's monitors are those with the highest hash of the pair (rendezvous hashing), so that all nodes that know the same members
 * agree on them without a word, and a member that comes or goes changes few. Their number is fixed: eight heartbeats a second each, however many members
 * there are. Only what monitors say of a peer's death counts, for they hear from it directly; of a thousand others two are always out of luck.
 */
final class Monitors {
  private final NodeId self;
  private final int count;
  private List<NodeId> members = List.of();
  private final TreeMap<NodeId, List<NodeId>> known = new TreeMap<>();

  Monitors(NodeId self, int count) {
    this.self = self;
    this.count = count;
  }

  /** @param all that have not left, this node among them, by id */
  void onMembers(List<NodeId> all) {
    members = all;
    known.clear();
  }

  /** The monitors of a member; fewer than wanted if there are not so many others. */
  List<NodeId> of(NodeId member) {
    return known.computeIfAbsent(member, this::highest);
  }

  boolean isMonitor(NodeId observer, NodeId suspect) {
    return of(suspect).contains(observer);
  }

  /** Those whose monitor this node is. Looks at each member until it is outbid, which mostly is soon. */
  List<NodeId> watched() {
    var watched = new ArrayList<NodeId>();
    for (NodeId member : members) {
      if (!member.equals(self) && isAmongHighest(member)) {
        watched.add(member);
      }
    }
    return watched;
  }

  private boolean isAmongHighest(NodeId member) {
    long own = weight(self, member);
    int higher = 0;
    for (int i = 0; i < members.size() && higher < count; i++) {
      NodeId other = members.get(i);
      if (!other.equals(member) && Long.compareUnsigned(weight(other, member), own) > 0) {
        higher++;
      }
    }
    return higher < count;
  }

  private List<NodeId> highest(NodeId member) {
    var best = new TreeMap<Long, NodeId>(Long::compareUnsigned);
    for (NodeId other : members) {
      if (!other.equals(member)) {
        best.put(weight(other, member), other);
        if (best.size() > count) {
          best.pollFirstEntry();
        }
      }
    }
    return List.copyOf(best.values());
  }

  /** The finalizer of splitmix64 twice: every bit of both ids changes half of the result's. */
  private static long weight(NodeId observer, NodeId member) {
    return mix(mix(member.value()) ^ observer.value());
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
