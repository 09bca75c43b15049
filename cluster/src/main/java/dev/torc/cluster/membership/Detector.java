package dev.torc.cluster.membership;

import dev.torc.cluster.membership.GossipEffect.PeerDown;
import dev.torc.cluster.membership.GossipEffect.PeerUnreached;
import dev.torc.cluster.membership.GossipEffect.PeerUp;
import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.message.Suspicion;
import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is up. A peer whose silence is too unlikely ({@link PhiAccrual}) is asked whether it is there, directly and through others; if no way leads to it, this node
 * counts it as unreached, and if it is one of its monitors, votes against it. Votes of two monitors that stand for a while, refuted by no later heartbeat, convict: the
 * peer is down. Only an advance of the heartbeat is a sign of life, whoever reports it: a stale entry that still goes round keeps nobody alive.
 *
 * <p>The complications are all about who is wrong. Messages get lost, so peers are asked before anything is said of them, and by three ways more than the direct one. Links
 * break one by one, so one observer convicts nobody. A peer may sleep for some seconds, so votes stand for four. This node may sleep, or be the one that is cut
 * off: see {@link OwnPauses}. And monitors die as well: where fewer than two of a peer's are left it is convicted by nobody, however dead it is. Everybody still finds by himself that he does not reach it, and
 * goes another way. Only of two nodes each convicts the other, since there is no second monitor.
 *
 * <p>Sources: Hayashibara et al. (2004); Das, Gupta, Motivala, "SWIM" (2002); Dadgar, Phillips, Currey, "Lifeguard" (2017). Time is milliseconds that this node was awake.
 */
final class Detector {
  private static final int VOTES = 2;
  /** How often those are looked at whom this node does not watch: there may be many. */
  private static final int REVIEW_MILLIS = 5_000;
  /** Of peers that this node does not watch; when the whole world falls silent they can wait. */
  private static final int MAX_PROBES = 8;

  private final NodeId self;
  private final DetectionConfig config;
  private final Rhythm rhythm;
  private final Monitors monitors;
  private final News news;
  private final OwnPauses pauses;
  private final Suspicions suspicions = new Suspicions();
  private final IdTable<Peer> peers = new IdTable<>();
  private List<Peer> watched = List.of();
  private final List<Peer> probed = new ArrayList<>();
  private final TreeSet<NodeId> away = new TreeSet<>();
  private long nextReviewMillis = Long.MIN_VALUE;

  Detector(NodeId self, DetectionConfig config, Rhythm rhythm, Monitors monitors, News news, OwnPauses pauses) {
    this.self = self;
    this.config = config;
    this.rhythm = rhythm;
    this.monitors = monitors;
    this.news = news;
    this.pauses = pauses;
  }

  /** Who is to be asked, and what is to be said. */
  interface Turn {
    void probe(NodeId peer);

    void add(GossipEffect effect);
  }

  /** @param ids all that have not left, but this node; those that are new are given time to be heard in */
  void onMembers(List<NodeId> ids, long nowMillis) {
    var left = new TreeMap<NodeId, Peer>();
    peers.values().forEach(peer -> left.put(peer.id, peer));
    for (NodeId id : ids) {
      if (left.remove(id) == null) {
        peers.put(id, new Peer(id, nowMillis));
      }
    }
    left.values().forEach(this::forget);
    peers.values().forEach(peer -> peer.isWatched = false);
    watched = monitors.watched().stream().map(peers::get).toList();
    watched.forEach(peer -> peer.isWatched = true);
    peers.values().forEach(peer -> peer.expect(rhythm, ids.size()));
  }

  private void forget(Peer peer) {
    peers.remove(peer.id);
    probed.remove(peer);
    away.remove(peer.id);
    suspicions.drop(peer.id);
  }

  /** A sign of life of a member that has not left, or an old one. */
  void observe(MemberDigest digest, long nowMillis, Turn turn) {
    Peer peer = peers.get(digest.id());
    if (peer == null || !peer.isOlderThan(digest.generation(), digest.heartbeat())) {
      return;
    }
    boolean isBack = !peer.isHeard || away.remove(peer.id);
    peer.onHeartbeat(digest, nowMillis);
    peer.expect(rhythm, peers.size());
    if (suspicions.drop(peer.id)) {
      news.alive.add(peer.id);
    }
    if (isBack) {
      turn.add(new PeerUp(peer.id));
    }
  }

  /** Somebody's vote, against another than this node. */
  void onSuspicion(Suspicion vote) {
    Peer peer = peers.get(vote.suspect());
    if (peer == null || !monitors.isMonitor(vote.observer(), vote.suspect())) {
      return;
    }
    if (peer.isNewerThan(vote.generation(), vote.heartbeat())) {
      if (!peer.isAway()) {
        news.alive.add(peer.id);
      }
      return;
    }
    if (peer.isOlderThan(vote.generation(), vote.heartbeat())) {
      // A heartbeat that somebody heard before he began to worry. It ends votes that know of none so late, and is no sign of life now.
      boolean isMine = suspicions.isSuspectedBy(self, peer.id);
      peer.generation = vote.generation();
      peer.heartbeat = vote.heartbeat();
      suspicions.drop(peer.id);
      if (isMine) {
        vote(peer);
      }
    }
    if (suspicions.add(vote)) {
      news.votes.add(vote);
    }
  }

  void onTick(long nowMillis, Turn turn) {
    if (nowMillis >= nextReviewMillis) {
      nextReviewMillis = nowMillis + REVIEW_MILLIS;
      peers.values().forEach(peer -> review(peer, nowMillis, turn));
    } else {
      watched.forEach(peer -> review(peer, nowMillis, turn));
    }
    endProbes(nowMillis, turn);
    for (NodeId convicted : suspicions.convicted(nowMillis, config.standMillis(), this::neededVotes)) {
      Peer peer = peers.get(convicted);
      if (!peer.isDown) {
        peer.isDown = true;
        away.add(convicted);
        turn.add(new PeerDown(convicted));
      }
    }
  }

  private void review(Peer peer, long nowMillis, Turn turn) {
    if (peer.isDown || nowMillis < peer.suspectAtMillis || probed.contains(peer)) {
      return;
    }
    boolean owesVote = peer.isWatched && pauses.mayVote(nowMillis) && !suspicions.isSuspectedBy(self, peer.id)
        && !suspicions.isFull(peer.id);
    if (owesVote || !peer.isUnreached && (peer.isWatched || probed.size() < MAX_PROBES)) {
      peer.probeEndsMillis = nowMillis + config.probeMillis();
      probed.add(peer);
      turn.probe(peer.id);
    }
  }

  private void endProbes(long nowMillis, Turn turn) {
    for (Peer peer : List.copyOf(probed)) {
      if (nowMillis < peer.suspectAtMillis) {
        probed.remove(peer);
      } else if (nowMillis >= peer.probeEndsMillis) {
        probed.remove(peer);
        if (!peer.isUnreached) {
          peer.isUnreached = true;
          away.add(peer.id);
          turn.add(new PeerUnreached(peer.id));
        }
        doubt(nowMillis);
        if (peer.isWatched && pauses.mayVote(nowMillis)) {
          vote(peer);
        }
      }
    }
  }

  private void vote(Peer peer) {
    var vote = new Suspicion(peer.id, peer.generation, peer.heartbeat, self);
    if (suspicions.add(vote)) {
      news.votes.add(vote);
    }
  }

  /** More than half of those whom this node watches are silent: then it is rather this node that is cut off. Of a single one that cannot be said. */
  private void doubt(long nowMillis) {
    int silent = 0;
    for (Peer peer : watched) {
      silent += peer.isDown || nowMillis >= peer.suspectAtMillis ? 1 : 0;
    }
    if (watched.size() > 1 && 2 * silent > watched.size()) {
      pauses.onDoubt(nowMillis);
    }
  }

  private int neededVotes(NodeId suspect) {
    return Math.min(VOTES, monitors.of(suspect).size());
  }

  /** Those that are down or unreached. */
  List<NodeId> away() {
    return List.copyOf(away);
  }

  boolean isWatched(NodeId id) {
    Peer peer = peers.get(id);
    return peer != null && peer.isWatched;
  }

  boolean isDown(NodeId id) {
    Peer peer = peers.get(id);
    return peer != null && peer.isDown;
  }

  /** Neither down nor unreached by this node. */
  boolean isUp(NodeId id) {
    Peer peer = peers.get(id);
    return peer != null && peer.isHeard && !peer.isAway();
  }

  List<Suspicion> suspicions() {
    return suspicions.all();
  }

  HealthReport report(long nowMillis) {
    var healths = new ArrayList<PeerHealth>(peers.size());
    for (Peer peer : peers.values()) {
      var observers = new ArrayList<>(suspicions.observers(peer.id));
      if (peer.isUnreached && !observers.contains(self)) {
        observers.add(self);
      }
      healths.add(new PeerHealth(peer.id, peer.phi(nowMillis), peer.isDown, observers.stream().sorted().toList()));
    }
    return new HealthReport(healths, suspicions.all());
  }
}
