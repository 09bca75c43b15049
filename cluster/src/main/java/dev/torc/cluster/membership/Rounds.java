package dev.torc.cluster.membership;

import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.ring.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a node sends of its own accord, at each interval: a heartbeat to some random peers, with digests of others, and to all its monitors, without; in every tenth round, and
 * in all rounds before the cluster has formed, an exchange with a random peer. Each costs the same however many members there are.
 */
final class Rounds {
  private static final int ROUNDS_PER_EXCHANGE = 10;
  private static final int LOAD_MILLIS = 2_000;
  /** Every change of load goes to all members, so the more there are the more seldom each may speak. */
  private static final int LOAD_MILLIS_PER_MEMBER = 1_000;

  private final GossipConfig config;
  private final MemberTable table;
  private final Monitors monitors;
  private final Targets targets;
  private final Composer composer;
  private long round;
  private Load load = Load.NONE;
  private long loadDueMillis = Long.MIN_VALUE;

  Rounds(GossipConfig config, MemberTable table, Monitors monitors, Targets targets, Composer composer) {
    this.config = config;
    this.table = table;
    this.monitors = monitors;
    this.targets = targets;
    this.composer = composer;
  }

  void onLoad(Load newLoad) {
    load = newLoad;
  }

  /** @param policies the digest of this node's */
  void send(long wallMillis, long policies, Turn turn) {
    round++;
    renewSelf(turn.awakeMillis());
    var live = targets.live(config.fanout(), Optional.empty());
    beat(live, wallMillis, policies, turn);
    boolean isForming = table.self().state() != MemberState.NORMAL;
    if (isForming) {
      live.forEach(peer -> turn.send(peer, composer.syn(wallMillis, policies)));
    } else if (round % ROUNDS_PER_EXCHANGE == 1 && !live.isEmpty()) {
      turn.send(live.getFirst(), composer.syn(wallMillis, policies));
    }
    targets.seed(live.isEmpty()).ifPresent(seed -> turn.send(seed, composer.syn(wallMillis, policies)));
    targets.dead().ifPresent(dead -> turn.send(dead, composer.syn(wallMillis, policies)));
  }

  private void renewSelf(long awakeMillis) {
    Member self = table.self();
    table.setSelf(self.withHeartbeat(self.heartbeat() + 1));
    if (!load.equals(self.load()) && awakeMillis >= loadDueMillis) {
      loadDueMillis = awakeMillis + Math.max(LOAD_MILLIS, LOAD_MILLIS_PER_MEMBER * table.size());
      table.setSelf(table.self().withLoad(load).revised());
    }
  }

  /** A monitor among the random peers gets the digests too. */
  private void beat(List<NodeId> live, long wallMillis, long policies, Turn turn) {
    live.forEach(peer -> turn.send(peer, composer.beat(wallMillis, policies, 1, Composer.DIGESTS)));
    var watching = new TreeSet<>(monitors.of(table.self().id()));
    live.forEach(watching::remove);
    if (!watching.isEmpty()) {
      var beat = composer.beat(wallMillis, policies, watching.size(), 0);
      watching.forEach(monitor -> turn.send(monitor, beat));
    }
  }
}
