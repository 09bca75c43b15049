package dev.torc.cluster.membership;

import dev.torc.cluster.message.GossipMessage.Ack;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.GossipMessage.Syn;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.wire.GossipCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Fills datagrams. Everything that goes into one is measured by the codec first, and what does not fit waits for another round: the least told rumours and
 * random digests come round to all. A Syn keeps half its room for digests, for they carry the heartbeats: a burst of changes must not make anybody look dead.
 */
final class Composer {
  private final GossipConfig config;
  private final MemberTable table;
  private final Rumours rumours;
  private final RandomGenerator random;

  Composer(GossipConfig config, MemberTable table, Rumours rumours, RandomGenerator random) {
    this.config = config;
    this.table = table;
    this.rumours = rumours;
    this.random = random;
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

  /** @param policies the digest of this node's */
  Syn syn(long wallMillis, long policies) {
    Room room = room();
    var entries = new Entries(room);
    entries.add(table.self());
    List<MemberDigest> all = shuffled(table.peers().stream().map(Member::digest).toList());
    int wished = all.stream().mapToInt(GossipCodec::sizeBytes).sum();
    Room forDigests = room.split(Math.min(wished, config.maxDatagramBytes() / 2));
    entries.addRumours();
    forDigests.leftBytes += room.leftBytes;
    var digests = all.stream().filter(digest -> forDigests.take(GossipCodec.sizeBytes(digest))).toList();
    return new Syn(config.cluster(), wallMillis, table.size(), policies, entries.list, digests);
  }

  Ack ack(Syn syn) {
    Room room = room();
    var wants = new ArrayList<NodeId>();
    var beats = new ArrayList<MemberDigest>();
    var entries = new Entries(room);
    entries.add(table.self());
    for (MemberDigest theirs : syn.digests()) {
      Member mine = table.member(theirs.id());
      if (mine == null ? !table.isClosed() : isBehind(mine, theirs)) {
        if (room.take(GossipCodec.sizeBytes(theirs.id()))) {
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
    entries.addRumours();
    if (syn.known() < table.size()) {
      addUnmentioned(entries, syn);
    }
    return new Ack(config.cluster(), entries.list, beats, wants);
  }

  private boolean isBehind(Member mine, MemberDigest theirs) {
    return !mine.id().equals(table.self().id()) && theirs.isNewerThan(mine.digest())
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

  Ack2 ack2(Ack ack) {
    var entries = new Entries(room());
    for (NodeId wanted : ack.wants()) {
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

    void add(Member member) {
      if (!ids.contains(member.id()) && room.take(GossipCodec.sizeBytes(member))) {
        ids.add(member.id());
        list.add(member);
      }
    }

    void addRumours() {
      for (NodeId changed : rumours.leastToldFirst()) {
        Member member = table.member(changed);
        int before = list.size();
        add(member);
        if (list.size() > before) {
          rumours.onTold(changed, table.size());
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
