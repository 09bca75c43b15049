package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A key's replicas in the order in which they are asked: this node itself, the others that can be reached, those that can be reached but catch up, or are slow, be it this node, and last
 * those that cannot be reached.
 *
 * @param live how many of the first can be reached
 */
record ReplicaOrder(List<NodeId> nodes, int live) {

  static ReplicaOrder of(PreferenceList replicas, Turn turn) {
    return ordered(replicas, replicas.contains(turn.self()), turn);
  }

  /** In the order of the preference list, so that all nodes begin with the same one. */
  static ReplicaOrder byPreference(PreferenceList replicas, Turn turn) {
    return ordered(replicas, false, turn);
  }

  private static ReplicaOrder ordered(PreferenceList replicas, boolean selfFirst, Turn turn) {
    var nodes = new ArrayList<NodeId>(replicas.size());
    if (selfFirst && isReady(turn.self(), turn)) {
      nodes.add(turn.self());
    }
    boolean haveSelf = !nodes.isEmpty();
    int slow = 0;
    int catchingUp = 0;
    for (var replica : replicas.nodes()) {
      if (turn.isLive(replica) && !(haveSelf && replica.equals(turn.self()))) {
        if (isReady(replica, turn)) {
          nodes.add(replica);
        } else if (turn.isSlow(replica)) {
          slow++;
        } else {
          catchingUp++;
        }
      }
    }
    if (catchingUp > 0) {
      addRest(replicas, nodes, replica -> turn.isLive(replica) && !turn.isSlow(replica));
    }
    if (slow > 0) {
      if (!nodes.isEmpty()) {
        turn.announce(Event.SLOW_PASSED_OVER);
      }
      addRest(replicas, nodes, turn::isLive);
    }
    int live = nodes.size();
    if (live < replicas.size()) {
      addRest(replicas, nodes, replica -> true);
    }
    return new ReplicaOrder(nodes, live);
  }

  private static boolean isReady(NodeId node, Turn turn) {
    return !turn.isSlow(node) && !turn.isCatchingUp(node);
  }

  private static void addRest(PreferenceList replicas, List<NodeId> nodes, Predicate<NodeId> which) {
    for (var replica : replicas.nodes()) {
      if (which.test(replica) && !nodes.contains(replica)) {
        nodes.add(replica);
      }
    }
  }

  /** How many can be reached. */
  static int live(PreferenceList replicas, Turn turn) {
    int live = 0;
    for (var replica : replicas.nodes()) {
      live += turn.isLive(replica) ? 1 : 0;
    }
    return live;
  }

  /**
   * How long until the first of those who are waited for is later than it usually is; 0 or less: one is. Each goes by itself: a near one that is late is not excused by a far one that would take as long.
   *
   * @param waitedFor by place, one bit each
   * @param waitedMillis since they were asked
   */
  long untilLateMillis(long waitedFor, long waitedMillis, Turn turn) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < nodes.size(); i++) {
      if ((waitedFor >>> i & 1) != 0) {
        least = Math.min(least, turn.expectedMillis(nodes.get(i)) - waitedMillis);
      }
    }
    return least;
  }

  /** The same as the first so many are asked. */
  long untilLateMillis(int first, Turn turn) {
    return untilLateMillis((1L << first) - 1, 0, turn);
  }

  /** How long the first so many usually take, all of them. */
  long expectedMillis(int first, Turn turn) {
    long most = 1;
    for (int i = 0; i < Math.min(first, nodes.size()); i++) {
      most = Math.max(most, turn.expectedMillis(nodes.get(i)));
    }
    return most;
  }

  /** The same for a level that may only count replicas in the coordinator's own data centre: without the others. */
  static ReplicaOrder of(PreferenceList replicas, Level level, Turn turn) {
    return of(level.isLocal() ? local(replicas, turn) : replicas, turn);
  }

  /** Those of the replicas that stand where this node does. */
  static PreferenceList local(PreferenceList replicas, Turn turn) {
    var here = turn.ring().dataCenter(turn.self());
    return new PreferenceList(
        replicas.nodes().stream().filter(node -> turn.ring().dataCenter(node).equals(here)).toList());
  }

  int size() {
    return nodes.size();
  }

  NodeId at(int place) {
    return nodes.get(place);
  }

  int indexOf(NodeId node) {
    return nodes.indexOf(node);
  }
}
