package dev.torc.cluster.coordination;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * A key's replicas in the order in which a read asks them: this node itself, the others that can be reached, and last those that cannot.
 *
 * @param live how many of the first can be reached
 */
record ReplicaOrder(List<NodeId> nodes, int live) {

  static ReplicaOrder of(PreferenceList replicas, Turn turn) {
    var reachable = new ArrayList<NodeId>(replicas.size());
    var others = new ArrayList<NodeId>(0);
    if (replicas.contains(turn.self())) {
      reachable.add(turn.self());
    }
    for (var replica : replicas.nodes()) {
      if (!replica.equals(turn.self())) {
        (turn.isLive(replica) ? reachable : others).add(replica);
      }
    }
    int live = reachable.size();
    reachable.addAll(others);
    return new ReplicaOrder(reachable, live);
  }

  /** In the order of the preference list, so that all nodes begin with the same one; last those that cannot be reached. */
  static ReplicaOrder byPreference(PreferenceList replicas, Turn turn) {
    var reachable = new ArrayList<NodeId>(replicas.size());
    var others = new ArrayList<NodeId>(0);
    for (var replica : replicas.nodes()) {
      (turn.isLive(replica) ? reachable : others).add(replica);
    }
    int live = reachable.size();
    reachable.addAll(others);
    return new ReplicaOrder(reachable, live);
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
