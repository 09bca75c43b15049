package dev.torc.cluster.membership;

import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.ring.NodeId;

/** What a {@link Detector} remembers of one peer. */
final class Peer {
  private static final long NEVER = -1;

  final NodeId id;
  private final PhiAccrual arrivals = new PhiAccrual();
  long generation = NEVER;
  long heartbeat = NEVER;
  /** Whether it was ever heard of in this run of this node. */
  boolean isHeard;
  boolean isWatched;
  /** No way led to it when this node asked last, and it has not been heard of since. */
  boolean isUnreached;
  boolean isDown;
  long suspectAtMillis;
  long probeEndsMillis;
  private long lastMillis;
  private double meanMillis;
  private double sigmaMillis;

  Peer(NodeId id, long nowMillis) {
    this.id = id;
    this.lastMillis = nowMillis;
  }

  boolean isAway() { return isUnreached || isDown; }

  boolean isOlderThan(long otherGeneration, long otherHeartbeat) {
    return otherGeneration > generation || otherGeneration == generation && otherHeartbeat > heartbeat;
  }

  boolean isNewerThan(long otherGeneration, long otherHeartbeat) {
    return otherGeneration < generation || otherGeneration == generation && otherHeartbeat < heartbeat;
  }

  /** An absence is no interval between heartbeats: counted as one it would have the next death noticed late. */
  void onHeartbeat(MemberDigest digest, long nowMillis) {
    if (isAway() || digest.generation() != generation) {
      arrivals.reset();
    } else {
      arrivals.onInterval(nowMillis - lastMillis);
    }
    generation = digest.generation();
    heartbeat = digest.heartbeat();
    lastMillis = nowMillis;
    isHeard = true;
    isUnreached = false;
    isDown = false;
  }

  /** Says from when on its silence is suspicious. */
  void expect(Rhythm rhythm, int peers) {
    meanMillis = arrivals.meanMillis(rhythm.meanMillis(isWatched, peers));
    sigmaMillis = arrivals.sigmaMillis(rhythm.sigmaMillis(isWatched, peers));
    suspectAtMillis = lastMillis + (long) Math.ceil(meanMillis + rhythm.sigmas() * sigmaMillis);
  }

  double phi(long nowMillis) {
    return PhiAccrual.phi(nowMillis - lastMillis, meanMillis, sigmaMillis);
  }
}
