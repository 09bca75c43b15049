package dev.torc.cluster.wire;

import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.GossipMessage.Ack;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.GossipMessage.Beat;
import dev.torc.cluster.message.GossipMessage.Ping;
import dev.torc.cluster.message.GossipMessage.Policies;
import dev.torc.cluster.message.GossipMessage.Pong;
import dev.torc.cluster.message.GossipMessage.State;
import dev.torc.cluster.message.GossipMessage.Syn;
import dev.torc.cluster.message.GossipMessage.Want;
import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.message.Suspicion;
import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * The binary form of gossip, version 2: a version byte, a kind byte, the cluster's name, then the message's lists, each behind its count, and CRC32C of all that, since UDP's own sum of 16 bits
 * lets too much pass for what nodes conclude from it. Numbers that are small or grow are varints, ids are eight bytes. It also says how large each part becomes, so that a sender packs by measure.
 */
public final class GossipCodec {
  private static final int VERSION = 2;
  private static final int SYN = 1;
  private static final int ACK = 2;
  private static final int ACK2 = 3;
  private static final int POLICIES = 4;
  private static final int BEAT = 5;
  private static final int WANT = 6;
  private static final int PING = 7;
  private static final int PONG = 8;
  private static final int STATE = 9;
  private static final int MIN_MEMBER_BYTES = 30;
  private static final int MIN_DIGEST_BYTES = 11;
  private static final int MIN_SUSPICION_BYTES = 18;
  private static final MemberState[] STATES = MemberState.values();
  /** No varint below 2^14, such as the count of a list in a datagram, is longer. */
  private static final int COUNT_BYTES = 2;
  private static final int ID_BYTES = 8;
  private static final int SUM_BYTES = 4;

  private GossipCodec() {}

  public static byte[] encode(GossipMessage message) {
    return sealed(write(new ByteWriter(256).u8(VERSION), message));
  }

  static byte[] sealed(ByteWriter body) {
    int sum = sum(body.buffer(), body.size());
    return body.i32(sum).toArray();
  }

  private static int sum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static ByteWriter write(ByteWriter out, GossipMessage message) {
    return switch (message) {
      case Beat beat -> write(out.u8(BEAT), beat);
      case Syn syn -> write(out.u8(SYN), syn);
      case Ack ack -> write(out.u8(ACK), ack);
      case Ack2 ack2 -> entries(out.u8(ACK2).text(ack2.cluster()), ack2.entries());
      case Want want -> ids(out.u8(WANT).text(want.cluster()), want.wants());
      case Ping ping -> out.u8(PING).text(ping.cluster()).i64(ping.asker().value()).i64(ping.target().value())
          .bool(ping.isRelayed());
      case Pong pong ->
        write(out.u8(PONG).text(pong.cluster()).i64(pong.asker().value()), pong.target()).bool(pong.isRelayed());
      case State state ->
        suspicions(entries(out.u8(STATE).text(state.cluster()), state.entries()), state.suspicions());
      case Policies policies -> write(out.u8(POLICIES), policies);
    };
  }

  private static ByteWriter write(ByteWriter out, Beat beat) {
    write(out.text(beat.cluster()).i64(beat.wallMillis()).i64(beat.policies()), beat.sender());
    return digests(entries(suspicions(out, beat.suspicions()), beat.entries()), beat.digests());
  }

  private static ByteWriter write(ByteWriter out, Syn syn) {
    out.text(syn.cluster()).i64(syn.wallMillis()).varint(syn.known()).i64(syn.view()).i64(syn.policies());
    return digests(entries(out, syn.entries()), syn.digests());
  }

  private static ByteWriter write(ByteWriter out, Ack ack) {
    suspicions(out.text(ack.cluster()).i64(ack.view()), ack.suspicions());
    return ids(digests(entries(out, ack.entries()), ack.beats()), ack.wants());
  }

  private static ByteWriter write(ByteWriter out, Policies policies) {
    out.text(policies.cluster()).i64(policies.digest()).bool(policies.wantsAnswer());
    out.varint(policies.entries().size());
    policies.entries().forEach(entry -> PolicyCodec.write(out, entry));
    return out;
  }

  /** @throws MalformedException for anything that {@link #encode} does not write */
  public static GossipMessage decode(byte[] datagram) {
    int length = datagram.length - SUM_BYTES;
    if (length < 0
        || new ByteReader(Arrays.copyOfRange(datagram, length, datagram.length)).i32() != sum(datagram, length)) {
      throw new MalformedException("gossip whose checksum is wrong");
    }
    var in = new ByteReader(Arrays.copyOf(datagram, length));
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
      case BEAT -> new Beat(cluster, in.i64(), in.i64(), digest(in), suspicions(in), members(in), digests(in));
      case SYN -> new Syn(cluster, in.i64(), number(in), in.i64(), in.i64(), members(in), digests(in));
      case ACK -> new Ack(cluster, in.i64(), suspicions(in), members(in), digests(in), ids(in));
      case ACK2 -> new Ack2(cluster, members(in));
      case WANT -> new Want(cluster, ids(in));
      case PING -> new Ping(cluster, id(in), id(in), in.bool());
      case PONG -> new Pong(cluster, id(in), digest(in), in.bool());
      case STATE -> new State(cluster, members(in), suspicions(in));
      case POLICIES -> new Policies(cluster, in.i64(), in.bool(),
          list(in, PolicyCodec.MIN_ENTRY_BYTES, () -> PolicyCodec.read(in)));
      default -> throw new MalformedException("gossip of kind " + kind);
    };
  }

  /** What a message of empty lists takes at most, with room for their counts. */
  public static int overheadBytes(String cluster) {
    return new ByteWriter(80).u8(VERSION).u8(SYN).text(cluster).i64(0).varint(Integer.MAX_VALUE).i64(0).i64(0).size()
        + 4 * COUNT_BYTES + SUM_BYTES;
  }

  /** What one more entry adds to a message. */
  public static int sizeBytes(Member member) {
    var out = new ByteWriter(128);
    write(out, member);
    return out.size();
  }

  /** What one more digest adds to a message. */
  public static int sizeBytes(MemberDigest digest) {
    return ID_BYTES + varintBytes(digest.generation()) + varintBytes(digest.version())
        + varintBytes(digest.heartbeat());
  }

  private static int varintBytes(long value) {
    return (Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
  }

  /** What one more id adds to a message. */
  public static int sizeBytes(NodeId id) {
    return ID_BYTES;
  }

  /** What one more suspicion adds to a message. */
  public static int sizeBytes(Suspicion suspicion) {
    return 2 * ID_BYTES + varintBytes(suspicion.generation()) + varintBytes(suspicion.heartbeat());
  }

  private static ByteWriter entries(ByteWriter out, List<Member> entries) {
    out.varint(entries.size());
    entries.forEach(member -> write(out, member));
    return out;
  }

  private static ByteWriter digests(ByteWriter out, List<MemberDigest> digests) {
    out.varint(digests.size());
    digests.forEach(digest -> write(out, digest));
    return out;
  }

  private static ByteWriter suspicions(ByteWriter out, List<Suspicion> suspicions) {
    out.varint(suspicions.size());
    for (Suspicion suspicion : suspicions) {
      out.i64(suspicion.suspect().value()).varint(suspicion.generation()).varint(suspicion.heartbeat())
          .i64(suspicion.observer().value());
    }
    return out;
  }

  private static ByteWriter ids(ByteWriter out, List<NodeId> ids) {
    out.varint(ids.size());
    ids.forEach(id -> out.i64(id.value()));
    return out;
  }

  private static List<Member> members(ByteReader in) {
    return list(in, MIN_MEMBER_BYTES, () -> member(in));
  }

  private static List<MemberDigest> digests(ByteReader in) {
    return list(in, MIN_DIGEST_BYTES, () -> digest(in));
  }

  private static List<Suspicion> suspicions(ByteReader in) {
    return list(in, MIN_SUSPICION_BYTES, () -> new Suspicion(id(in), in.varint(), in.varint(), id(in)));
  }

  private static List<NodeId> ids(ByteReader in) {
    return list(in, ID_BYTES, () -> id(in));
  }

  private static NodeId id(ByteReader in) {
    return new NodeId(in.i64());
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

  private static ByteWriter write(ByteWriter out, MemberDigest digest) {
    return out.i64(digest.id().value()).varint(digest.generation()).varint(digest.version()).varint(digest.heartbeat());
  }

  private static MemberDigest digest(ByteReader in) {
    return new MemberDigest(id(in), in.varint(), in.varint(), in.varint());
  }

  private static int number(ByteReader in) {
    long value = in.varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedException("a number of " + Long.toUnsignedString(value));
    }
    return (int) value;
  }
}
