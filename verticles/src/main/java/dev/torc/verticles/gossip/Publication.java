package dev.torc.verticles.gossip;

import dev.torc.cluster.membership.Gossiper;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.time.Moment;
import dev.torc.verticles.SystemClock;
import java.util.List;
import java.util.function.Consumer;

/** Puts together what the node's other threads see of the cluster. */
final class Publication {
  private static final long FIGURES_MILLIS = 1_000;

  private final Gossiper gossiper;
  private final SharedView shared;
  private final int replicas;
  private Ring ring = Ring.empty();
  private PolicyTable policies;
  private boolean trustsClock = true;
  private long lastMillis;

  Publication(Gossiper gossiper, SharedView shared, int replicas) {
    this.gossiper = gossiper;
    this.shared = shared;
    this.replicas = replicas;
    this.policies = gossiper.policies().whole();
  }

  void onMembers(List<Member> members, Consumer<List<Member>> persist) {
    persist.accept(members);
    publish();
  }

  void onRing(List<RingMember> members) {
    ring = Ring.of(members, replicas, ring.table());
    publish();
  }

  void onClock(boolean isTrusted) {
    trustsClock = isTrusted;
    publish();
  }

  /** They hold on this node even if they cannot be written: others may have them already. */
  void onPolicies(PolicyLayers layers, Consumer<PolicyTable> persist) {
    policies = layers.whole();
    try {
      persist.accept(layers.changed());
    } finally {
      publish();
    }
  }

  /** Figures change all the time; everything else is published as it happens. */
  void onTick(Moment now) {
    if (now.steadyMillis() - lastMillis >= FIGURES_MILLIS) {
      publish();
    }
  }

  void publish() {
    var now = SystemClock.now();
    lastMillis = now.steadyMillis();
    var members = gossiper.members();
    var alive = members.stream().map(Member::id).filter(gossiper::alive).toList();
    shared.publish(new ClusterView(gossiper.self(), members, gossiper.formed() ? ring : Ring.empty(), alive,
        trustsClock, policies, gossiper.health(now)));
  }
}
