package dev.torc.cluster.wire;

import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.GossipMessage.Ack;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.GossipMessage.Policies;
import dev.torc.cluster.message.GossipMessage.Syn;
import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The binary form of gossip, version 1: a version byte, a kind byte, the cluster's name, then the message's lists, each behind its count. Numbers that
 * are small or grow are varints, ids are eight bytes. It also says how large each part becomes, so that a sender packs by measure.
 */
public final class GossipCodec {
  private static final int VERSION = 1;
  private static final int SYN = 1;
  private static final int ACK = 2;
  private static final int ACK2 = 3;
  private static final int POLICIES = 4;
  private static final MemberState[] STATES = MemberState.values();
  /** No varint below 2^14, such as the count of a list in a datagram, is longer. */
  private static final int COUNT_BYTES = 2;
  private static final int ID_BYTES = 8;

  private GossipCodec() {}

  public static byte[] encode(GossipMessage message) {
    var out = new ByteWriter(1_400).u8(VERSION);
    switch (message) {
      case Syn syn -> {
        out.u8(SYN).text(syn.cluster()).i64(syn.wallMillis()).varint(syn.known()).i64(syn.policies());
        entries(out, syn.entries());
        digests(out, syn.digests());
      }
      case Ack ack -> {
        out.u8(ACK).text(ack.cluster());
        entries(out, ack.entries());
        digests(out, ack.beats());
        out.varint(ack.wants().size());
        ack.wants().forEach(id -> out.i64(id.value()));
      }
      case Ack2 ack2 -> entries(out.u8(ACK2).text(ack2.cluster()), ack2.entries());
      case Policies policies -> {
        out.u8(POLICIES).text(policies.cluster()).i64(policies.digest()).bool(policies.wantsAnswer());
        out.varint(policies.entries().size());
        policies.entries().forEach(entry -> PolicyCodec.write(out, entry));
      }
    }
    return out.toArray();
  }

  /** @throws MalformedException for anything that {@link #encode} does not write */
  public static GossipMessage decode(byte[] datagram) {
    var in = new ByteReader(datagram);
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedException("gossip of version " + version);
    }
    try {
      GossipMessage message = decode(in, in.u8(), in.text());
      in.end();
      return message;
    } catch (IllegalArgumentException e) {
      throw new MalformedException(e.getMessage());
    }
  }

  private static GossipMessage decode(ByteReader in, int kind, String cluster) {
    return switch (kind) {
      case SYN ->
        new Syn(cluster, in.i64(), number(in), in.i64(), list(in, 30, () -> member(in)),
            list(in, 11, () -> digest(in)));
      case ACK -> new Ack(cluster, list(in, 30, () -> member(in)), list(in, 11, () -> digest(in)),
          list(in, ID_BYTES, () -> new NodeId(in.i64())));
      case ACK2 -> new Ack2(cluster, list(in, 30, () -> member(in)));
      case POLICIES -> new Policies(cluster, in.i64(), in.bool(),
          list(in, PolicyCodec.MIN_ENTRY_BYTES, () -> PolicyCodec.read(in)));
      default -> throw new MalformedException("gossip of kind " + kind);
    };
  }

  /** What a message of empty lists takes at most, with room for their counts. */
  public static int overheadBytes(String cluster) {
    return new ByteWriter(80).u8(VERSION).u8(SYN).text(cluster).i64(0).varint(Integer.MAX_VALUE).i64(0).size()
        + 3 * COUNT_BYTES;
  }

  /** What one more entry adds to a message. */
  public static int sizeBytes(Member member) {
    var out = new ByteWriter(128);
    write(out, member);
    return out.size();
  }

  /** What one more digest adds to a message. */
  public static int sizeBytes(MemberDigest digest) {
    var out = new ByteWriter(32);
    write(out, digest);
    return out.size();
  }

  /** What one more id adds to a message. */
  public static int sizeBytes(NodeId id) {
    return ID_BYTES;
  }

  private static void entries(ByteWriter out, List<Member> entries) {
    out.varint(entries.size());
    entries.forEach(member -> write(out, member));
  }

  private static void digests(ByteWriter out, List<MemberDigest> digests) {
    out.varint(digests.size());
    digests.forEach(digest -> write(out, digest));
  }

  private static <T> List<T> list(ByteReader in, int minBytesEach, Supplier<T> element) {
    int count = in.count(minBytesEach);
    var list = new ArrayList<T>();
    for (int i = 0; i < count; i++) {
      list.add(element.get());
    }
    return list;
  }

  private static void write(ByteWriter out, Member member) {
    write(out, member.digest());
    out.text(member.name()).text(member.host()).u16(member.clientPort()).u16(member.peerPort()).text(member.zone())
        .text(member.dataCenter());
    out.u8(member.weight()).u8(member.state().ordinal()).i64(member.founders()).varint(member.position() + 1);
    out.varint(member.load().keys()).varint(member.load().diskBytes()).varint(member.load().startedAtMillis());
  }

  private static Member member(ByteReader in) {
    MemberDigest digest = digest(in);
    String name = in.text();
    String host = in.text();
    int clientPort = in.u16();
    int peerPort = in.u16();
    String zone = in.text();
    String dataCenter = in.text();
    int weight = in.u8();
    MemberState state = state(in.u8());
    long founders = in.i64();
    int position = number(in) - 1;
    var load = new Load(in.varint(), in.varint(), in.varint());
    return new Member(digest.id(), name, digest.generation(), digest.version(), digest.heartbeat(), host, clientPort,
        peerPort, zone, dataCenter, weight,
        state, founders, position, load);
  }

  private static MemberState state(int ordinal) {
    if (ordinal >= STATES.length) {
      throw new MalformedException("a member's state of " + ordinal);
    }
    return STATES[ordinal];
  }

  private static void write(ByteWriter out, MemberDigest digest) {
    out.i64(digest.id().value()).varint(digest.generation()).varint(digest.version()).varint(digest.heartbeat());
  }

  private static MemberDigest digest(ByteReader in) {
    return new MemberDigest(new NodeId(in.i64()), in.varint(), in.varint(), in.varint());
  }

  private static int number(ByteReader in) {
    long value = in.varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedException("a number of " + Long.toUnsignedString(value));
    }
    return (int) value;
  }
}
