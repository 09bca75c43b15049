package dev.torc.cluster.coordination;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.storage.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes that stand in for replicas in one operation: those behind the preference list, nearest first, as far as they can be reached. Each stands in once, so that as
 * many answers are of as many nodes. Looked for only when one is needed.
 */
final class StandIns {
  private final Key key;
  private final PreferenceList replicas;
  /** Whether this node can be one; in a write it has its part already. */
  private final boolean withSelf;
  private List<NodeId> candidates;
  private final List<NodeId> taken = new ArrayList<>(2);
  private final List<Integer> places = new ArrayList<>(2);
  private int next;

  private StandIns(Key key, PreferenceList replicas, boolean withSelf) {
    this.key = key;
    this.replicas = replicas;
    this.withSelf = withSelf;
  }

  /** For what is read: this node, if it is no replica, may itself hold what it kept for one. */
  static StandIns ofRead(Key key, PreferenceList replicas) {
    return new StandIns(key, replicas, true);
  }

  /** For what this node writes: the others. */
  static StandIns ofWrite(Key key, PreferenceList replicas) {
    return new StandIns(key, replicas, false);
  }

  /** Whether this node could be one for any key. */
  static boolean isMember(Turn turn) {
    return turn.ring().members().stream().anyMatch(member -> member.id().equals(turn.self()));
  }

  /** How many could be reached now, among them this node if it is no replica. */
  static int live(Key key, PreferenceList replicas, Turn turn) {
    int live = 0;
    for (var fallback : turn.ring().fallbacks(key.slot(), replicas.size())) {
      live += turn.isLive(fallback) ? 1 : 0;
    }
    return live;
  }

  /** The next one, for the replica at that place; null if there is none any more. */
  NodeId take(int place, Turn turn) {
    if (candidates == null) {
      candidates = turn.ring().fallbacks(key.slot(), replicas.size());
    }
    while (next < candidates.size()) {
      var candidate = candidates.get(next++);
      if ((withSelf || !candidate.equals(turn.self())) && turn.isLive(candidate)) {
        taken.add(candidate);
        places.add(place);
        return candidate;
      }
    }
    return null;
  }

  /** Whether no other was taken for the same replica since. */
  boolean isLatest(NodeId node) {
    return latest(placeOf(node)).equals(node);
  }

  /** Who was taken last for the replica at that place; there is one. */
  NodeId latest(int place) {
    return taken.get(places.lastIndexOf(place));
  }

  /** Of the replica for which the node stands in. */
  int placeOf(NodeId node) {
    return places.get(taken.indexOf(node));
  }
}
