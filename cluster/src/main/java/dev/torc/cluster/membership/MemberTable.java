package dev.torc.cluster.membership;

import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.RingMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * All members as one node knows them, itself among them.
 *
 * <p>An entry replaces another of its member by one rule, {@link Member#isOverriddenBy}, so that tables that heard the same entries, in whatever order, are
 * equal. Two things stand before it. A table is <em>closed</em> once its own node has bound itself to a set of founders: from then on it takes no id
 * that it does not know, for a cluster that runs cannot be joined yet, and a stranger must never change the ring. And a member that has a position
 * keeps it and its weight: a node that came back without its memory would else silently take its part out of the ring.
 */
final class MemberTable {
  enum Merge {
    /** Nothing new. */
    STALE,
    /** Not to be taken. */
    REFUSED,
    /** Not to be taken: another process of that identity and generation is known. One of the two has forgotten what the other did. */
    ANOTHER_LIFE,
    /** A later heartbeat, nothing else. */
    BEAT,
    /** A new or changed entry. */
    CHANGED
  }

  private final IdTable<Member> members = new IdTable<>();
  private final NodeId selfId;
  private long view;
  private int structure;

  MemberTable(Member self, List<Member> persisted) {
    selfId = self.id();
    persisted.forEach(this::put);
    put(resumed(self, members.get(selfId)));
  }

  /** As configured, and in the ring where it was in its last run, if there was one. */
  private static Member resumed(Member self, Member last) {
    return last == null
        ? self
        : new Member(self.id(), self.name(), Math.max(self.generation(), last.generation() + 1), self.version(),
            self.heartbeat(), self.host(), self.clientPort(), self.peerPort(), self.zone(), self.dataCenter(),
            last.hasPosition() ? last.weight() : self.weight(), last.state(), last.founders(), last.position(),
            self.load());
  }

  Member self() {
    return members.get(selfId);
  }

  /** Only the node itself changes its own entry. */
  void setSelf(Member self) {
    put(self);
  }

  private void put(Member entry) {
    Member before = members.put(entry.id(), entry);
    if (before == null || before.state() != entry.state()) {
      structure++;
    }
    view ^= entry.standing() ^ (before == null ? 0 : before.standing());
  }

  /** A digest of all entries, apart from versions, heartbeats and load: equal on nodes that know the same. */
  long view() {
    return view;
  }

  /** Another number whenever somebody came or left. */
  int structure() {
    return structure;
  }

  boolean isClosed() { return self().founders() != 0; }

  Merge merge(Member entry) {
    Member known = members.get(entry.id());
    if (entry.id().equals(selfId)) {
      return Merge.STALE;
    }
    if (known == null && isClosed()) {
      return entry.state() == MemberState.LEFT ? Merge.STALE : Merge.REFUSED;
    }
    if (known != null && known.state() != MemberState.LEFT && entry.state() != MemberState.LEFT
        && known.isOfAnotherLifeThan(entry)) {
      return Merge.ANOTHER_LIFE;
    }
    if (known != null && !known.isOverriddenBy(entry)) {
      return Merge.STALE;
    }
    if (known != null && known.hasPosition() && !keepsPlace(known, entry)) {
      return Merge.REFUSED;
    }
    put(entry);
    boolean sameEntry = known != null && known.state() == entry.state()
        && known.digest().isOfSameEntryAs(entry.digest());
    return sameEntry ? Merge.BEAT : Merge.CHANGED;
  }

  /** Takes a heartbeat alone, when it is a later one of the very entry that is here. */
  Merge merge(MemberDigest beat) {
    Member known = members.get(beat.id());
    if (known == null || known.state() == MemberState.LEFT || beat.id().equals(selfId)
        || !known.digest().isOfSameEntryAs(beat)
        || !beat.isNewerThan(known.digest())) {
      return Merge.STALE;
    }
    members.put(beat.id(), known.withHeartbeat(beat.heartbeat()));
    return Merge.BEAT;
  }

  private static boolean keepsPlace(Member known, Member entry) {
    return entry.state() == MemberState.LEFT
        || entry.position() == known.position() && entry.weight() == known.weight();
  }

  /** Null for an id that is not known. */
  Member member(NodeId id) {
    return members.get(id);
  }

  int size() {
    return members.size();
  }

  Collection<Member> members() {
    return members.values();
  }

  /** All but this node and those that left. */
  List<Member> peers() {
    var peers = new ArrayList<Member>(members.size());
    for (Member member : members.values()) {
      if (!member.id().equals(selfId) && member.state() != MemberState.LEFT) {
        peers.add(member);
      }
    }
    return peers;
  }

  /** Those that own a part of the ring. */
  List<RingMember> ringMembers() {
    return members.values().stream().filter(Member::isInRing).map(Member::ringMember).toList();
  }
}
