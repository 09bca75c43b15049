package dev.torc.cluster.membership;

import dev.torc.cluster.membership.GossipEffect.NewcomerRefused;
import dev.torc.cluster.membership.GossipEffect.SendGossip;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.message.Suspicion;
import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What comes of what is heard: entries go into the table, their changes and the votes into the rumours, heartbeats and votes to the detector. And what others
 * say of this node itself is answered: it is alive.
 */
final class Learning {
  private static final int MAX_REPORTED_NEWCOMERS = 1_000;
  private static final long MAX_COUNTER = 1L << 62;

  private final MemberTable table;
  private final News news;
  private final Detector detector;
  private final Monitors monitors;
  private final Composer composer;
  private final Targets targets;
  private final TreeSet<NodeId> reportedNewcomers = new TreeSet<>();
  private int structure = -1;
  private boolean changed = true;
  private long refutedHeartbeat = -1;
  private boolean accused;
  private OptionalLong laterLife = OptionalLong.empty();

  Learning(MemberTable table, News news, Detector detector, Monitors monitors, Composer composer, Targets targets) {
    this.table = table;
    this.news = news;
    this.detector = detector;
    this.monitors = monitors;
    this.composer = composer;
    this.targets = targets;
  }

  /** Whether any entry changed since this was last asked. */
  boolean isChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** Whether this node heard that it is suspected, and others should hear of it at once. */
  boolean isAccused() {
    boolean was = accused;
    accused = false;
    return was;
  }

  /** Brings everybody up to date who keeps lists of the members; heard of them before anything else of them is. */
  void followMembers(long awakeMillis) {
    if (structure == table.structure()) {
      return;
    }
    structure = table.structure();
    var all = table.members().stream().filter(member -> member.state() != MemberState.LEFT).map(Member::id).toList();
    var peers = all.stream().filter(id -> !id.equals(table.self().id())).toList();
    monitors.onMembers(all);
    detector.onMembers(peers, awakeMillis);
    composer.onMembers(peers);
    targets.onMembers(peers);
  }

  void onEntries(List<Member> entries, long awakeMillis, Detector.Turn turn) {
    var heard = new ArrayList<MemberDigest>();
    for (Member entry : entries) {
      if (entry.id().equals(table.self().id())) {
        onOwn(entry);
      } else {
        merge(entry, heard, turn);
      }
    }
    followMembers(awakeMillis);
    heard.forEach(digest -> detector.observe(digest, awakeMillis, turn));
  }

  /** A change of load alone is no news: those who care ask for it. */
  private void merge(Member entry, List<MemberDigest> heard, Detector.Turn turn) {
    Member before = table.member(entry.id());
    switch (table.merge(entry)) {
      case STALE -> news.entries.onTold(entry.id(), 1, table.size());
      case REFUSED -> report(entry, turn);
      case ANOTHER_LIFE -> turn.add(new SendGossip(entry.host(), entry.peerPort(), composer.ack2(List.of(entry.id()))));
      case BEAT -> heard.add(entry.digest());
      case CHANGED -> {
        heard.add(entry.digest());
        changed = true;
        if (before == null || !before.standsAs(entry)) {
          news.entries.add(entry.id());
        }
      }
    }
  }

  void onDigests(List<MemberDigest> digests, long awakeMillis, Detector.Turn turn) {
    for (MemberDigest digest : digests) {
      onDigest(digest, awakeMillis, turn);
    }
  }

  void onDigest(MemberDigest digest, long awakeMillis, Detector.Turn turn) {
    if (digest.id().equals(table.self().id())) {
      onOwn(digest);
      return;
    }
    table.merge(digest);
    detector.observe(digest, awakeMillis, turn);
  }

  void onSuspicions(List<Suspicion> suspicions) {
    for (Suspicion vote : suspicions) {
      if (vote.suspect().equals(table.self().id())) {
        refute(vote);
      } else {
        detector.onSuspicion(vote);
      }
    }
  }

  /** This node is alive, as a later heartbeat says. Votes that know of none later than it has said already are no new accusation. */
  private void refute(Suspicion vote) {
    Member self = table.self();
    if (vote.generation() > self.generation()) {
      onLaterLife(vote.generation());
    }
    if (vote.generation() == self.generation() && vote.heartbeat() > refutedHeartbeat
        && vote.heartbeat() < MAX_COUNTER) {
      refutedHeartbeat = Math.max(self.heartbeat(), vote.heartbeat());
      table.setSelf(self.withHeartbeat(refutedHeartbeat + 1));
      accused = true;
    }
  }

  /**
   * What others know of this node it told them itself, so it can be nothing later than what this process has said, nor of a later life. If it is, that was another process
   * of this identity: this one was started on an older copy of its memory, or two of them run. Where both are of one generation and this one's heartbeat has overtaken the
   * other's, who knows the other sends back its entry.
   */
  private void onOwn(MemberDigest said) {
    if (said.isNewerThan(table.self().digest())) {
      onLaterLife(said.generation());
    }
  }

  private void onOwn(Member said) {
    onOwn(said.digest());
    if (said.isOfAnotherLifeThan(table.self())) {
      onLaterLife(said.generation());
    }
  }

  private void onLaterLife(long generation) {
    if (generation < MAX_COUNTER) {
      laterLife = OptionalLong.of(Math.max(generation, laterLife.orElse(0)));
    }
  }

  /** The generation of a process of this identity that went on after this one's memory was copied, if anybody knows of one. */
  OptionalLong laterLife() {
    return laterLife;
  }

  private void report(Member newcomer, Detector.Turn turn) {
    if (reportedNewcomers.size() < MAX_REPORTED_NEWCOMERS && reportedNewcomers.add(newcomer.id())) {
      turn.add(new NewcomerRefused(newcomer));
    }
  }
}
