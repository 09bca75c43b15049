package dev.torc.cluster.membership;

import dev.torc.cluster.membership.GossipEffect.MembersChanged;
import dev.torc.cluster.membership.GossipEffect.NewcomerRefused;
import dev.torc.cluster.membership.GossipEffect.PeerDown;
import dev.torc.cluster.membership.GossipEffect.PeerUp;
import dev.torc.cluster.membership.GossipEffect.PoliciesChanged;
import dev.torc.cluster.membership.GossipEffect.Refused;
import dev.torc.cluster.membership.GossipEffect.SendGossip;
import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.GossipMessage.Ack;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.GossipMessage.Policies;
import dev.torc.cluster.message.GossipMessage.Syn;
import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.time.Moment;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Who is a member and who is up, by gossip: every node learns all entries from random others, and all tables become equal without anybody in charge.
 *
 * <p>At each interval a node raises its heartbeat and sends some random peers its own entry, what changed of late, and digests of random members; a peer answers
 * with what it knows better and asks for what it lacks, and gets that in a third leg. What is new so reaches all of n nodes in O(log n) rounds; what is old costs
 * twenty bytes a member. Entries carry a version for their content and a heartbeat for life alone: where only the heartbeat is later a digest says it all.
 *
 * <p>The complication is lost and late messages: each leg stands for itself, every entry is merged by one rule ({@link MemberTable}), and so nothing needs to
 * arrive, once, or in order. A second one is this node's own sleep (a long collection, a stopped process): on a tick that comes over 2 s late nobody is declared
 * down. A third is the beginning, when there is no ring yet: see {@link Founding}. Partitions heal because now and then a dead peer is sent to as well.
 *
 * <p>Sources: Demers et al., "Epidemic algorithms for replicated database maintenance" (1987); van Renesse et al., "A gossip-style failure detection service" (1998).
 */
public final class Gossiper {
  private static final int SLEPT_MILLIS = 2_000;
  private static final int MAX_REPORTED_NEWCOMERS = 1_000;
  private static final long MAX_GENERATION = 1L << 62;

  private final GossipConfig config;
  private final MemberTable table;
  private final Rumours rumours;
  private final Composer composer;
  private final Freshness freshness;
  private final TreeSet<NodeId> reportedNewcomers = new TreeSet<>();
  private final ClockWatch clocks;
  private final Announcements announcements = new Announcements();
  private final Targets targets;
  private final PolicyGossip policies;
  private boolean changed = true;
  private boolean refused;
  private boolean started;
  private long lastTickMillis;
  private long nextRoundMillis;

  /**
   * @param self as configured, of a generation that was raised and synced before; where it stands in the ring is taken from {@code persisted}
   * @param seeds where to find a first peer; may name this node too
   * @param persisted what the last {@link MembersChanged} said, of this run or an earlier one; empty at the first start
   * @param policies what the configuration says, and what the last {@link PoliciesChanged} said
   */
  public Gossiper(Member self, List<Address> seeds, List<Member> persisted, PolicyLayers policies, GossipConfig config,
      RandomGenerator random) {
    this.config = config;
    this.table = new MemberTable(self, persisted);
    this.rumours = new Rumours(random);
    this.composer = new Composer(config, table, rumours, random);
    this.policies = new PolicyGossip(config, self.id(), policies, random);
    this.freshness = new Freshness(config.downAfterMillis());
    this.clocks = new ClockWatch(config.maxClockSkewMillis());
    var others = seeds.stream().filter(seed -> !seed.equals(new Address(self.host(), self.peerPort()))).toList();
    this.targets = new Targets(config, others, table, freshness, random);
  }

  /** To be called several times per interval; the first call says what is known from the start. */
  public List<GossipEffect> onTick(Moment now) {
    var effects = new ArrayList<GossipEffect>();
    if (refused) {
      return effects;
    }
    long millis = now.steadyMillis();
    if (!started) {
      start(millis, effects);
    }
    boolean slept = millis - lastTickMillis > config.intervalMillis() + SLEPT_MILLIS;
    lastTickMillis = millis;
    if (slept) {
      freshness.restart(millis);
    }
    freshness.expire(millis).forEach(peer -> effects.add(new PeerDown(peer)));
    settle(effects);
    if (!refused && millis >= nextRoundMillis) {
      nextRoundMillis = Math.max(nextRoundMillis + config.intervalMillis(), millis + config.intervalMillis() / 2);
      round(now, effects);
      clocks.review(this::alive).ifPresent(effects::add);
    }
    return effects;
  }

  /** @param fromHost and {@code fromPort}: where the datagram came from and its answer goes */
  public List<GossipEffect> onGossip(GossipMessage message, String fromHost, int fromPort, Moment now) {
    var effects = new ArrayList<GossipEffect>();
    if (refused || !message.cluster().equals(config.cluster())) {
      return effects;
    }
    long millis = now.steadyMillis();
    GossipMessage answer = switch (message) {
      case Syn syn -> {
        clocks.observe(syn, now.wallMillis());
        learn(syn.entries(), syn.digests(), millis, effects);
        yield composer.ack(syn);
      }
      case Ack ack -> {
        learn(ack.entries(), ack.beats(), millis, effects);
        yield ack.wants().isEmpty() ? null : composer.ack2(ack);
      }
      case Ack2 ack2 -> {
        learn(ack2.entries(), List.of(), millis, effects);
        yield null;
      }
      case Policies some -> null;
    };
    settle(effects);
    if (answer != null && !refused) {
      effects.add(new SendGossip(fromHost, fromPort, answer));
    }
    if (formed()) {
      var pages = policies.onGossip(message, now);
      policies.news().ifPresent(effects::add);
      pages.forEach(page -> effects.add(new SendGossip(fromHost, fromPort, page)));
    }
    return effects;
  }

  /**
   * A client of this node changes what a prefix says.
   *
   * @param policy what it says from now on, beside what it said before; empty to remove all that
   * @return a {@link PoliciesChanged} and what tells some peers of it; nothing if the cluster has not formed, or has no room for another prefix
   */
  public List<GossipEffect> onPolicy(Bytes prefix, Optional<Policy> policy, Moment now) {
    var effects = new ArrayList<GossipEffect>();
    if (!refused && formed() && policies.change(prefix, policy, now)) {
      policies.news().ifPresent(effects::add);
      targets.pick()
          .forEach(target -> effects.add(new SendGossip(target.host(), target.port(), policies.latest(false))));
    }
    return effects;
  }

  public PolicyLayers policies() {
    return policies.layers();
  }

  /** Tells others of this node's load; every ten seconds is often enough, for each costs a rumour. */
  public void onLoad(Load load) {
    if (!load.equals(table.self().load())) {
      table.setSelf(table.self().withLoad(load).revised());
    }
  }

  /** All known, self and those that left among them, by id. */
  public List<Member> members() {
    return List.copyOf(table.members());
  }

  public Member self() {
    return table.self();
  }

  /** Whether the peer was heard of lately, by whomever; true of this node itself, false of an unknown one. */
  public boolean alive(NodeId id) {
    return id.equals(table.self().id()) || freshness.isUp(id);
  }

  /** Whether there is a ring that this node is in. */
  public boolean formed() {
    return table.self().state() == MemberState.NORMAL;
  }

  /** What the ring is to be built from, by id; empty before the cluster is formed. */
  public List<RingMember> ringMembers() {
    return formed() ? table.ringMembers() : List.of();
  }

  private void start(long millis, List<GossipEffect> effects) {
    started = true;
    lastTickMillis = millis;
    nextRoundMillis = millis;
    for (Member peer : table.peers()) {
      freshness.observe(peer.digest(), millis);
      effects.add(new PeerUp(peer.id()));
    }
  }

  private void round(Moment now, List<GossipEffect> effects) {
    policies.forget(now);
    policies.news().ifPresent(effects::add);
    Member self = table.self();
    table.setSelf(self.withHeartbeat(self.heartbeat() + 1));
    for (Address target : targets.pick()) {
      effects.add(new SendGossip(target.host(), target.port(), composer.syn(now.wallMillis(), policies.digest())));
    }
  }

  private void learn(List<Member> entries, List<MemberDigest> digests, long millis, List<GossipEffect> effects) {
    for (Member entry : entries) {
      if (entry.id().equals(table.self().id())) {
        outlive(entry);
        continue;
      }
      MemberTable.Merge merge = table.merge(entry);
      switch (merge) {
        case STALE -> {
        }
        case REFUSED -> report(entry, effects);
        case BEAT -> hear(entry.digest(), millis, effects);
        case CHANGED -> {
          changed = true;
          rumours.add(entry.id());
          hear(entry.digest(), millis, effects);
        }
      }
    }
    for (MemberDigest digest : digests) {
      table.merge(digest);
      if (table.member(digest.id()) != null) {
        hear(digest, millis, effects);
      }
    }
  }

  /** Somebody knows a later generation of this node: its memory was restored from an older copy. It must go beyond, or nobody would hear it. */
  private void outlive(Member entry) {
    Member self = table.self();
    if (entry.generation() > self.generation() && entry.generation() < MAX_GENERATION) {
      table.setSelf(self.withGeneration(entry.generation() + 1));
      changed = true;
    }
  }

  private void hear(MemberDigest digest, long millis, List<GossipEffect> effects) {
    boolean isPeer = !digest.id().equals(table.self().id()) && table.member(digest.id()).state() != MemberState.LEFT;
    if (isPeer && freshness.observe(digest, millis)) {
      effects.add(new PeerUp(digest.id()));
    }
  }

  private void report(Member newcomer, List<GossipEffect> effects) {
    if (reportedNewcomers.size() < MAX_REPORTED_NEWCOMERS && reportedNewcomers.add(newcomer.id())) {
      effects.add(new NewcomerRefused(newcomer));
    }
  }

  /** After anything changed: one step further in the founding, then what the outside has to know, what must be persisted first. */
  private void settle(List<GossipEffect> effects) {
    if (!changed) {
      return;
    }
    changed = false;
    for (boolean again = true; again && !formed();) {
      again = found(effects);
    }
    if (refused) {
      return;
    }
    announcements.announce(table, effects);
  }

  /** Whether a further step may follow at once. */
  private boolean found(List<GossipEffect> effects) {
    Member self = table.self();
    return switch (Founding.judge(self, table.members(), config.expect())) {
      case Founding.Verdict.Wait() -> false;
      case Founding.Verdict.Publish(int position, long founders) -> {
        table.setSelf(self.withStanding(MemberState.FOUNDING, founders, position).revised());
        yield true;
      }
      case Founding.Verdict.Form() -> {
        table.setSelf(self.withStanding(MemberState.NORMAL, self.founders(), self.position()).revised());
        yield true;
      }
      case Founding.Verdict.Refuse(String reason) -> {
        refused = true;
        effects.add(new Refused(reason));
        yield false;
      }
    };
  }
}
