package dev.torc.cluster.coordination;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
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
