package dev.torc.cluster.membership;

import dev.torc.cluster.membership.GossipEffect.Formed;
import dev.torc.cluster.membership.GossipEffect.MembersChanged;
import dev.torc.cluster.membership.GossipEffect.Outlived;
import dev.torc.cluster.membership.GossipEffect.PoliciesChanged;
import dev.torc.cluster.membership.GossipEffect.Refused;
import dev.torc.cluster.membership.GossipEffect.RingChanged;
import dev.torc.cluster.membership.GossipEffect.SendGossip;
import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.GossipMessage.State;
import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
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
import java.util.random.RandomGenerator;

/**
 * Who is a member and who is up, by gossip: every node learns all entries from others, and all tables become equal without anybody in charge.
 *
 * <p>At each interval a node raises its heartbeat and tells it to its monitors and some random peers ({@link Rounds}), with what changed of late and digests of random
 * members. Who sees from a digest that it lacks something asks for it. Now and then two nodes exchange digests in three legs, and what differs still is fetched as a whole. What is new
 * so reaches all of n nodes in O(log n) rounds, for some hundred bytes a second. Entries carry a version for their content and a heartbeat for life alone: where only the
 * heartbeat is later a digest says it all. Who is down is the {@link Detector}'s to say.
 *
 * <p>The complication is lost and late messages: each stands for itself, every entry is merged by one rule ({@link MemberTable}), and so nothing needs to
 * arrive, once, or in order. Another is the beginning, when there is no ring yet: see {@link Founding}. Partitions heal because now and then a dead peer is sent to as well.
 *
 * <p>Sources: Demers et al., "Epidemic algorithms for replicated database maintenance" (1987); van Renesse et al., "A gossip-style failure detection service" (1998).
 */
public final class Gossiper {
  private final GossipConfig config;
  private final MemberTable table;
  private final News news;
  private final OwnPauses pauses = new OwnPauses();
  private final Detector detector;
  private final Learning learning;
  private final Rounds rounds;
  private final Conversation conversation;
  private final ClockWatch clocks;
  private final Announcements announcements = new Announcements();
  private final Targets targets;
  private final PolicyGossip policies;
  /** Whether it has no part in the cluster, for good. */
  private boolean refused;
  private boolean started;
  private long nextRoundMillis;
  private long awakeMillis;
  /** When to try again to have persisted what could not be. */
  private long savesAtMillis;

  /**
   * @param self as configured, of a generation that was raised and synced before; where it stands in the ring is taken from {@code persisted}
   * @param seeds where to find a first peer; may name this node too
   * @param persisted what the last {@link MembersChanged} said, of this run or an earlier one; empty at the first start
   * @param policies what the configuration says, and what the last {@link PoliciesChanged} said
   */
  public Gossiper(Member self, List<Address> seeds, List<Member> persisted, PolicyLayers policies, GossipConfig config,
      RandomGenerator random) {
    var detection = config.detection();
    this.config = config;
    this.table = new MemberTable(self, persisted);
    this.news = new News(random);
    var composer = new Composer(config, table, news, random);
    var monitors = new Monitors(self.id(), detection.monitors());
    var rhythm = new Rhythm(config.intervalMillis(), config.fanout() * Composer.DIGESTS,
        PhiAccrual.sigmas(detection.suspectAt()));
    this.detector = new Detector(self.id(), detection, rhythm, monitors, news, pauses);
    var others = seeds.stream().filter(seed -> !seed.equals(new Address(self.host(), self.peerPort()))).toList();
    this.targets = new Targets(config, others, table, detector, random);
    this.learning = new Learning(table, news, detector, monitors, composer, targets);
    this.policies = new PolicyGossip(config, self.id(), policies, random);
    this.clocks = new ClockWatch(config.maxClockSkewMillis());
    this.rounds = new Rounds(config, table, monitors, targets, composer);
    this.conversation = new Conversation(config.cluster(), table, detector, composer, learning, clocks);
  }

  /** To be called some ten times a second; the first call says what is known from the start. */
  public List<GossipEffect> onTick(Moment now) {
    if (refused) {
      return List.of();
    }
    var turn = turn(now);
    long millis = now.steadyMillis();
    if (!started) {
      started = true;
      nextRoundMillis = millis;
      start(turn);
    }
    detector.onTick(turn.awakeMillis(), turn);
    boolean isSilent = announcements.isOwed();
    settle(turn);
    boolean isAccused = learning.isAccused();
    if (!refused && (millis >= nextRoundMillis || isAccused)) {
      nextRoundMillis = Math.max(Math.min(nextRoundMillis, millis) + config.intervalMillis(),
          millis + config.intervalMillis() / 2);
      policies.forget(now);
      policies.news().ifPresent(turn::add);
      if (!isSilent) {
        rounds.send(now.wallMillis(), policies.digest(), turn);
      }
      clocks.review(peer -> detector.isWatched(peer) && detector.isUp(peer)).ifPresent(turn::add);
    }
    return said(turn.effects());
  }

  /** @param fromHost and {@code fromPort}: where the datagram came from and its answer goes */
  public List<GossipEffect> onGossip(GossipMessage message, String fromHost, int fromPort, Moment now) {
    if (refused || !message.cluster().equals(config.cluster())) {
      return List.of();
    }
    var turn = turn(now);
    var from = new Address(fromHost, fromPort);
    var answers = conversation.onMessage(message, from, now.wallMillis(), turn);
    settle(turn);
    if (!refused) {
      answers.forEach(turn::add);
    }
    if (formed() && !refused) {
      var pages = policies.onGossip(message, now);
      policies.news().ifPresent(turn::add);
      pages.forEach(page -> turn.add(new SendGossip(fromHost, fromPort, page)));
    }
    return said(turn.effects());
  }

  private Turn turn(Moment now) {
    awakeMillis = pauses.awake(now);
    learning.followMembers(awakeMillis);
    return new Turn(table, targets, config, awakeMillis, new ArrayList<>());
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
      for (NodeId peer : targets.live(config.fanout(), Optional.empty())) {
        var to = Targets.address(table.member(peer));
        effects.add(new SendGossip(to.host(), to.port(), policies.latest(false)));
      }
    }
    return said(effects);
  }

  /**
   * What the last {@link MembersChanged} said is not on disk. Nothing is said from now on, since the others might build on what this node would not know after a restart, and it is told again at each interval, until
   * it is on disk.
   *
   * @param behind the effects behind it, none of which was performed
   * @return those of them that are to be performed all the same
   */
  public List<GossipEffect> onUnsaved(List<GossipEffect> behind) {
    announcements.onUnsaved(behind);
    savesAtMillis = awakeMillis + config.intervalMillis();
    return said(behind).stream()
        .filter(effect -> !(effect instanceof RingChanged) && !(effect instanceof Formed)).toList();
  }

  private List<GossipEffect> said(List<GossipEffect> effects) {
    return announcements.isOwed()
        ? effects.stream().filter(effect -> !(effect instanceof SendGossip)).toList()
        : effects;
  }

  public PolicyLayers policies() {
    return policies.layers();
  }

  /** What the others are to be told of this node's load; they are, in time. */
  public void onLoad(Load load) {
    rounds.onLoad(load);
  }

  /** All known, self and those that left among them, by id. */
  public List<Member> members() {
    return List.copyOf(table.members());
  }

  public Member self() {
    return table.self();
  }

  /**
   * Whether a request to it makes sense: it is neither down nor out of this node's own reach. True of this node itself, false of an unknown one.
   */
  public boolean alive(NodeId id) {
    return id.equals(table.self().id()) || detector.isUp(id);
  }

  public HealthReport health(Moment now) {
    return detector.report(pauses.awake(now));
  }

  /** What is to be said to a node that fetches it. */
  public State state() {
    return new State(config.cluster(), members(), detector.suspicions());
  }

  /** Whether there is a ring that this node is in. */
  public boolean formed() {
    return table.self().state() == MemberState.NORMAL;
  }

  /** What the ring is to be built from, by id; empty before the cluster is formed. */
  public List<RingMember> ringMembers() {
    return formed() ? table.ringMembers() : List.of();
  }

  private void start(Turn turn) {
    for (Member peer : table.peers()) {
      detector.observe(peer.digest(), turn.awakeMillis(), turn);
    }
    if (formed()) {
      news.entries.add(table.self().id());
    }
  }

  /** After anything changed: one step further in the founding, then what the outside has to know, what must be persisted first. */
  private void settle(Turn turn) {
    if (learning.laterLife().isPresent() && !refused) {
      refused = true;
      turn.add(new Outlived(learning.laterLife().getAsLong()));
      return;
    }
    boolean isChanged = learning.isChanged();
    if (announcements.isOwed() ? turn.awakeMillis() < savesAtMillis : !isChanged) {
      return;
    }
    for (boolean again = true; again && !formed();) {
      again = found(turn);
    }
    if (!refused) {
      announcements.announce(table, turn.effects());
    }
  }

  /** Whether a further step may follow at once. */
  private boolean found(Turn turn) {
    Member self = table.self();
    return switch (Founding.judge(self, table.members(), config.expect())) {
      case Founding.Verdict.Wait() -> false;
      case Founding.Verdict.Publish(int position, long founders) ->
        stand(self.withStanding(MemberState.FOUNDING, founders, position));
      case Founding.Verdict.Form() -> stand(
          self.withStanding(MemberState.NORMAL, self.founders(), self.position()));
      case Founding.Verdict.Refuse(String reason) -> {
        refused = true;
        turn.add(new Refused(reason));
        yield false;
      }
    };
  }

  private boolean stand(Member self) {
    table.setSelf(self.revised());
    news.entries.add(self.id());
    return true;
  }
}
