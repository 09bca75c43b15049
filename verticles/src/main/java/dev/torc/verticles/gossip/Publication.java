package dev.torc.verticles.gossip;

import dev.torc.cluster.membership.Gossiper;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.time.Moment;
import dev.torc.engine.EngineException;
import dev.torc.verticles.SystemClock;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what the node's other threads see of the cluster. */
final class Publication {
  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
  private static final long FIGURES_MILLIS = 1_000;

  private final Gossiper gossiper;
  private final SharedView shared;
  private final int replicas;
  private Ring ring = Ring.empty();
  private PolicyTable policies;
  private boolean trustsClock = true;
  private Member self;
  private List<Member> members;
  private boolean isUnsaved;
  private long lastMillis;

  Publication(Gossiper gossiper, SharedView shared, int replicas) {
    this.gossiper = gossiper;
    this.shared = shared;
    this.replicas = replicas;
    this.policies = gossiper.policies().whole();
    this.self = gossiper.self();
    this.members = gossiper.members();
  }

  /** Whether they are on disk now. Until they are nobody is told of them, not even who asks. */
  boolean onMembers(List<Member> changed, Consumer<List<Member>> persist) {
    try {
      persist.accept(changed);
    } catch (EngineException failed) {
      if (!isUnsaved) {
        LOG.error("this node tells its peers nothing until it can keep what they agreed on: {}", failed.getMessage());
      }
      isUnsaved = true;
      return false;
    }
    isUnsaved = false;
    publish();
    return true;
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
    if (!isUnsaved) {
      self = gossiper.self();
      members = gossiper.members();
    }
    var alive = members.stream().map(Member::id).filter(gossiper::alive).toList();
    shared.publish(new ClusterView(self, members, gossiper.formed() ? ring : Ring.empty(), alive,
        trustsClock, policies, gossiper.health(now)));
  }
}
