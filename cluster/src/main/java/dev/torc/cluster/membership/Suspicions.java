package dev.torc.cluster.membership;

import dev.torc.cluster.message.Suspicion;
import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * The votes that stand, by suspect: all of one suspect's tell of the same last heartbeat, one of each observer. They convict when enough have stood
 * together for long enough: time for the suspect to hear of them and to be heard.
 */
final class Suspicions {
  private static final long NOT_ENOUGH = Long.MIN_VALUE;
  /** One more than are needed. Each goes to all members, and more of them prove nothing more. */
  private static final int MOST_VOTES = 3;

  private static final class Case {
    private final TreeMap<NodeId, Suspicion> votes = new TreeMap<>();
    private long enoughSinceMillis = NOT_ENOUGH;
  }

  private final TreeMap<NodeId, Case> cases = new TreeMap<>();

  /** Whether it was new, and not one too many. */
  boolean add(Suspicion vote) {
    var votes = cases.computeIfAbsent(vote.suspect(), suspect -> new Case()).votes;
    return votes.size() < MOST_VOTES && votes.putIfAbsent(vote.observer(), vote) == null;
  }

  boolean isFull(NodeId suspect) {
    Case open = cases.get(suspect);
    return open != null && open.votes.size() == MOST_VOTES;
  }

  /** Whether there was anything to drop. */
  boolean drop(NodeId suspect) {
    return !cases.isEmpty() && cases.remove(suspect) != null;
  }

  boolean isSuspectedBy(NodeId observer, NodeId suspect) {
    Case open = cases.get(suspect);
    return open != null && open.votes.containsKey(observer);
  }

  /** By id. */
  List<NodeId> observers(NodeId suspect) {
    Case open = cases.get(suspect);
    return open == null ? List.of() : List.copyOf(open.votes.keySet());
  }

  /**
   * Those against whom enough votes have stood for long enough.
   *
   * @param needed how many are enough against a suspect
   */
  List<NodeId> convicted(long nowMillis, int standMillis, ToIntFunction<NodeId> needed) {
    if (cases.isEmpty()) {
      return List.of();
    }
    var convicted = new ArrayList<NodeId>();
    cases.forEach((suspect, open) -> {
      if (open.votes.size() < needed.applyAsInt(suspect)) {
        open.enoughSinceMillis = NOT_ENOUGH;
      } else if (open.enoughSinceMillis == NOT_ENOUGH) {
        open.enoughSinceMillis = nowMillis;
      } else if (nowMillis - open.enoughSinceMillis >= standMillis) {
        convicted.add(suspect);
      }
    });
    return convicted;
  }

  List<Suspicion> all() {
    var all = new ArrayList<Suspicion>();
    cases.values().forEach(open -> all.addAll(open.votes.values()));
    return all;
  }
}
