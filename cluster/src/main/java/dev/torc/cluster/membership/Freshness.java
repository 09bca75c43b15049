package dev.torc.cluster.membership;

import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Who is up: a peer whose generation or heartbeat advanced within a window. Only an advance counts, whoever reports it: a stale entry that still
 * goes round keeps nobody alive. A peer that has just become known has a window to be heard in. Time is steady milliseconds.
 */
final class Freshness {
  private record Seen(long generation, long heartbeat, long atMillis, boolean up) {}

  private final long windowMillis;
  private final TreeMap<NodeId, Seen> peers = new TreeMap<>();

  Freshness(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  /** Whether this made the peer come up. */
  boolean observe(MemberDigest digest, long nowMillis) {
    Seen last = peers.get(digest.id());
    if (last != null && !isAdvance(digest, last)) {
      return false;
    }
    peers.put(digest.id(), new Seen(digest.generation(), digest.heartbeat(), nowMillis, true));
    return last == null || !last.up;
  }

  /** The peers that have just gone down. */
  List<NodeId> expire(long nowMillis) {
    var down = new ArrayList<NodeId>();
    peers.forEach((peer, seen) -> {
      if (seen.up && nowMillis - seen.atMillis >= windowMillis) {
        down.add(peer);
      }
    });
    for (NodeId peer : down) {
      Seen seen = peers.get(peer);
      peers.put(peer, new Seen(seen.generation, seen.heartbeat, seen.atMillis, false));
    }
    return down;
  }

  /** Gives all that are up a new window: after this node itself slept, their silence means nothing. */
  void restart(long nowMillis) {
    peers.replaceAll(
        (peer, seen) -> new Seen(seen.generation, seen.heartbeat, seen.up ? nowMillis : seen.atMillis, seen.up));
  }

  boolean isUp(NodeId peer) {
    Seen seen = peers.get(peer);
    return seen != null && seen.up;
  }

  private static boolean isAdvance(MemberDigest digest, Seen last) {
    return digest.generation() > last.generation
        || digest.generation() == last.generation && digest.heartbeat() > last.heartbeat;
  }
}
