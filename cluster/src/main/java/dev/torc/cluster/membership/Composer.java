package dev.torc.cluster.membership;

import dev.torc.cluster.message.GossipMessage.Ack;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.GossipMessage.Beat;
import dev.torc.cluster.message.GossipMessage.Syn;
import dev.torc.cluster.message.GossipMessage.Want;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.message.Suspicion;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.wire.GossipCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Fills datagrams. Everything that goes into one is measured by the codec first, and what does not fit waits for another round: the least told rumours and
 * random digests come round to all.
 */
final class Composer {
  /** Of members chosen at random, in a {@link Beat} to a random peer. Eight of each of three an interval make a kilobyte with everything else. */
  static final int DIGESTS = 8;
  private static final int ID_BYTES = 8;

  private final GossipConfig config;
  private final MemberTable table;
  private final News news;
  private final RandomGenerator random;
  private final RandomOrder order;

  Composer(GossipConfig config, MemberTable table, News news, RandomGenerator random) {
    this.config = config;
    this.table = table;
    this.news = news;
    this.random = random;
    this.order = new RandomOrder(random);
  }

  void onMembers(List<NodeId> peers) {
    order.onPeers(peers);
  }

  /** The room that is left in one datagram. */
  private static final class Room {
    private int leftBytes;

    Room(int bytes) {
      leftBytes = bytes;
    }

    boolean take(int bytes) {
      if (bytes > leftBytes) {
        return false;
      }
      leftBytes -= bytes;
      return true;
    }

    /** Sets room aside, as much as there is up to {@code bytes}. */
    Room split(int bytes) {
      int part = Math.min(bytes, leftBytes);
      leftBytes -= part;
      return new Room(part);
    }
  }

  private Room room() {
    return new Room(config.maxDatagramBytes() - GossipCodec.overheadBytes(config.cluster()));
  }

  /**
   * @param policies the digest of this node's
   * @param targets to how many it will be sent
   * @param count how many digests of random members it has
   */
  Beat beat(long wallMillis, long policies, int targets, int count) {
    Room room = room();
    MemberDigest self = table.self().digest();
    room.take(GossipCodec.sizeBytes(self));
    var votes = votes(room.split(config.maxDatagramBytes() / 2), targets);
    var digests = aliveAfterAll(room, targets);
    var entries = new Entries(room.split(config.maxDatagramBytes() / 4));
    entries.addRumours(targets);
    addRandom(digests, room, Math.min(count, order.size()));
    return new Beat(config.cluster(), wallMillis, policies, self, votes, entries.list, digests);
  }

  private List<Suspicion> votes(Room room, int targets) {
    var votes = new ArrayList<Suspicion>();
    for (Suspicion vote : news.votes.leastToldFirst()) {
      if (room.take(GossipCodec.sizeBytes(vote))) {
        votes.add(vote);
        news.votes.onTold(vote, targets, table.size());
      }
    }
    return votes;
  }

  private List<MemberDigest> aliveAfterAll(Room room, int targets) {
    var digests = new ArrayList<MemberDigest>();
    for (NodeId alive : news.alive.leastToldFirst()) {
      Member member = table.member(alive);
      if (member == null) {
        news.alive.drop(alive);
      } else if (room.take(GossipCodec.sizeBytes(member.digest()))) {
        digests.add(member.digest());
        news.alive.onTold(alive, targets, table.size());
      }
    }
    return digests;
  }

  private void addRandom(List<MemberDigest> digests, Room room, int count) {
    for (int i = 0; i < count; i++) {
      Member member = table.member(order.next());
      if (room.take(GossipCodec.sizeBytes(member.digest()))) {
        digests.add(member.digest());
      }
    }
  }

  /** Half its room is for digests, all that is left while the cluster comes to be. */
  Syn syn(long wallMillis, long policies) {
    Room room = room();
    var entries = new Entries(room);
    entries.add(table.self());
    Room forDigests = room.split(config.maxDatagramBytes() / 2);
    entries.addRumours(1);
    if (!table.isClosed()) {
      forDigests.leftBytes += room.leftBytes;
    }
    var digests = new ArrayList<MemberDigest>();
    addRandom(digests, forDigests, Math.min(order.size(), config.maxDatagramBytes() / ID_BYTES));
    return new Syn(config.cluster(), wallMillis, table.size(), table.view(), policies, entries.list, digests);
  }

  /** @param suspicions that stand */
  Ack ack(Syn syn, List<Suspicion> suspicions) {
    Room room = room();
    Room forVotes = room.split(config.maxDatagramBytes() / 4);
    var votes = shuffled(suspicions).stream().filter(vote -> forVotes.take(GossipCodec.sizeBytes(vote))).toList();
    room.leftBytes += forVotes.leftBytes;
    var wants = new ArrayList<NodeId>();
    var beats = new ArrayList<MemberDigest>();
    var entries = new Entries(room);
    entries.add(table.self());
    for (MemberDigest theirs : syn.digests()) {
      Member mine = table.member(theirs.id());
      if (isLacking(theirs)) {
        if (room.take(ID_BYTES)) {
          wants.add(theirs.id());
        }
      } else if (mine != null && mine.digest().isNewerThan(theirs)) {
        if (!mine.digest().isOfSameEntryAs(theirs)) {
          entries.add(mine);
        } else if (room.take(GossipCodec.sizeBytes(mine.digest()))) {
          beats.add(mine.digest());
        }
      }
    }
    entries.addRumours(1);
    if (syn.known() < table.size()) {
      addUnmentioned(entries, syn);
    }
    return new Ack(config.cluster(), table.view(), votes, entries.list, beats, wants);
  }

  /** Whose entries the sender has that this node lacks. */
  Want want(Beat beat) {
    var wants = new ArrayList<NodeId>();
    Room room = room();
    if (isLacking(beat.sender())) {
      wants.add(beat.sender().id());
    }
    for (MemberDigest theirs : beat.digests()) {
      if (isLacking(theirs) && room.take(ID_BYTES)) {
        wants.add(theirs.id());
      }
    }
    return new Want(config.cluster(), wants);
  }

  /** Whether the digest tells of an entry that this node lacks and would take. */
  private boolean isLacking(MemberDigest theirs) {
    Member mine = table.member(theirs.id());
    return mine == null
        ? !table.isClosed()
        : !mine.id().equals(table.self().id()) && theirs.isNewerThan(mine.digest())
            && !mine.digest().isOfSameEntryAs(theirs);
  }

  /** The sender knows fewer than there are: some of those that it did not speak of may be new to it. */
  private void addUnmentioned(Entries entries, Syn syn) {
    var mentioned = new TreeSet<NodeId>();
    syn.digests().forEach(digest -> mentioned.add(digest.id()));
    syn.entries().forEach(member -> mentioned.add(member.id()));
    for (Member member : shuffled(List.copyOf(table.members()))) {
      if (!mentioned.contains(member.id())) {
        entries.add(member);
      }
    }
  }

  Ack2 ack2(List<NodeId> wants) {
    var entries = new Entries(room());
    for (NodeId wanted : wants) {
      Member member = table.member(wanted);
      if (member != null) {
        entries.add(member);
      }
    }
    return new Ack2(config.cluster(), entries.list);
  }

  /** The full entries of one message, none twice. */
  private final class Entries {
    private final Room room;
    private final List<Member> list = new ArrayList<>();
    private final TreeSet<NodeId> ids = new TreeSet<>();

    Entries(Room room) {
      this.room = room;
    }

    boolean add(Member member) {
      boolean added = !ids.contains(member.id()) && room.take(GossipCodec.sizeBytes(member));
      if (added) {
        ids.add(member.id());
        list.add(member);
      }
      return added;
    }

    void addRumours(int targets) {
      for (NodeId changed : news.entries.leastToldFirst()) {
        if (add(table.member(changed))) {
          news.entries.onTold(changed, targets, table.size());
        }
      }
    }
  }

  private <T> List<T> shuffled(List<T> list) {
    var copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }
}
