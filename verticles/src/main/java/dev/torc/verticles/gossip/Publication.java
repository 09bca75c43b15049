package dev.torc.verticles.gossip;

import dev.torc.cluster.membership.Gossiper;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import java.util.List;
import java.util.function.Consumer;

/** Puts together what the node's other threads see of the cluster. */
final class Publication {
  private final Gossiper gossiper;
  private final SharedView shared;
  private final int replicas;
  private Ring ring = Ring.empty();
  private PolicyTable policies;
  private boolean trustsClock = true;

  Publication(Gossiper gossiper, SharedView shared, int replicas) {
    this.gossiper = gossiper;
    this.shared = shared;
    this.replicas = replicas;
    this.policies = gossiper.policies().whole();
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

  void publish() {
    var members = gossiper.members();
    var alive = members.stream().map(Member::id).filter(gossiper::alive).toList();
    shared.publish(new ClusterView(gossiper.self(), members, gossiper.formed() ? ring : Ring.empty(), alive,
        trustsClock, policies));
  }
}
