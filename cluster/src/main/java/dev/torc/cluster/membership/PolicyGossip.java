package dev.torc.cluster.membership;

import dev.torc.cluster.membership.GossipEffect.PoliciesChanged;
import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.GossipMessage.Ack;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.GossipMessage.Ping;
import dev.torc.cluster.message.GossipMessage.Policies;
import dev.torc.cluster.message.GossipMessage.Pong;
import dev.torc.cluster.message.GossipMessage.State;
import dev.torc.cluster.message.GossipMessage.Timed;
import dev.torc.cluster.message.GossipMessage.Want;
import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.PolicyEntry;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.wire.GossipCodec;
import dev.torc.cluster.wire.PolicyCodec;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How the policies of key prefixes become the same on all nodes. Each beat carries the digest of its sender's; who has another sends a few pages of entries and is sent
 * some in return. The first page has the latest changes, which nearly always are what differs; the others begin at a random entry and go round, so that whatever
 * differs is on one of them sooner or later: each exchange of two nodes that differ makes them equal with a chance that does not shrink. What a client changes here is
 * also sent at once.
 *
 * <p>The complication is clocks. An entry from too far in the future is not taken (its stamp would win for as long as the gap lasts), and is offered again until its
 * time has come or somebody's clock was set right. And removals end: those that are old enough are dropped here, and not taken from others.
 */
final class PolicyGossip {
  private static final int ROUND_PAGES = 3;
  private static final Comparator<PolicyEntry> LATEST_FIRST = Comparator.comparingLong(PolicyEntry::hlc).reversed();

  private final GossipConfig config;
  private final NodeId self;
  private final RandomGenerator random;
  private final HybridClock clock;
  private PolicyLayers layers;
  private PolicyLayers announced;

  PolicyGossip(GossipConfig config, NodeId self, PolicyLayers layers, RandomGenerator random) {
    this.config = config;
    this.self = self;
    this.layers = layers;
    this.announced = layers;
    this.random = random;
    this.clock = new HybridClock(layers.changed().lastHlc(), config.maxClockSkewMillis());
  }

  PolicyLayers layers() {
    return layers;
  }

  /** Said once of each change. */
  Optional<PoliciesChanged> news() {
    if (layers == announced) {
      return Optional.empty();
    }
    announced = layers;
    return Optional.of(new PoliciesChanged(layers));
  }

  long digest() {
    return layers.changed().digest();
  }

  /** A change by a client of this node; false if there is no room for one more prefix. */
  boolean change(Bytes prefix, Optional<Policy> policy, Moment now) {
    if (!layers.changed().hasRoomFor(prefix)) {
      return false;
    }
    var said = layers.whole().at(prefix).orElse(Policy.NONE);
    // A removal is forgotten one day, and the configuration's entry would be back; a policy that says nothing stays.
    var gone = layers.configured().knows(prefix) ? Optional.of(Policy.NONE) : Optional.<Policy>empty();
    var entry = policy.isPresent() ? Optional.of(policy.get().over(said)) : gone;
    take(List.of(new PolicyEntry(prefix, entry, clock.tick(now), self)));
    return true;
  }

  /** What is to be answered. */
  List<Policies> onGossip(GossipMessage message, Moment now) {
    return switch (message) {
      case Timed timed -> timed.policies() == digest() ? List.of() : pages(true);
      case Policies policies -> {
        take(policies.entries().stream()
            .filter(entry -> !entry.isForgotten(now.wallMillis()) && clock.fold(entry.hlc(), now)).toList());
        yield policies.wantsAnswer() && policies.digest() != digest() ? pages(false) : List.of();
      }
      case Ack ack -> List.of();
      case Ack2 ack2 -> List.of();
      case Want want -> List.of();
      case Ping ping -> List.of();
      case Pong pong -> List.of();
      case State state -> List.of();
    };
  }

  void forget(Moment now) {
    replace(layers.changed().forget(now.wallMillis()));
  }

  private void take(List<PolicyEntry> entries) {
    replace(layers.changed().merge(entries));
  }

  /** The layers stay the very same where nothing changed. */
  private void replace(PolicyTable changed) {
    if (changed != layers.changed()) {
      layers = layers.withChanged(changed);
    }
  }

  /** The latest changes, as many as fit. */
  Policies latest(boolean wantsAnswer) {
    return page(layers.changed().entries().stream().sorted(LATEST_FIRST).toList(), wantsAnswer);
  }

  /** Only the first asks for an answer, for mostly all is well once it has been taken. */
  private List<Policies> pages(boolean wantsAnswer) {
    var pages = new ArrayList<Policies>();
    pages.add(latest(wantsAnswer));
    var rest = layers.changed().entries();
    if (pages.getFirst().entries().size() < rest.size()) {
      rest = new ArrayList<>(rest);
      Collections.rotate(rest, random.nextInt(rest.size()));
      for (int i = 0; i < ROUND_PAGES && !rest.isEmpty(); i++) {
        var page = page(rest, false);
        pages.add(page);
        rest = rest.subList(page.entries().size(), rest.size());
      }
    }
    return pages;
  }

  /** As many of them as fit, in their order. */
  private Policies page(List<PolicyEntry> entries, boolean wantsAnswer) {
    int room = config.maxDatagramBytes() - GossipCodec.overheadBytes(config.cluster());
    int count = 0;
    while (count < entries.size() && PolicyCodec.sizeBytes(entries.get(count)) <= room) {
      room -= PolicyCodec.sizeBytes(entries.get(count));
      count++;
    }
    return new Policies(config.cluster(), digest(), wantsAnswer, entries.subList(0, count));
  }
}
