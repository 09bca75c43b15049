package dev.torc.cluster.message;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PositionTable;
import dev.torc.cluster.ring.RingMember;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A member's entry: what it alone says of itself, and gossip carries to all.
 *
 * @param name for people, 1 … 64 bytes of UTF-8
 * @param generation which run of the node this is: persisted, and raised before its first packet
 * @param version of the entry apart from its heartbeat, within one generation: how often it has changed, and in its last bits the {@link #life} it is of
 * @param heartbeat raised at every interval, within one generation
 * @param host where clients and peers reach it, 1 … 255 bytes
 * @param clientPort RESP, tcp
 * @param peerPort replication by tcp, gossip by udp
 * @param zone what fails together, at most 64 bytes
 * @param dataCenter at most 64 bytes
 * @param weight how many positions it holds, 1 … 64
 * @param founders a digest of the founding nodes' ids and weights, the same on all of them; 0 before the member knows them all
 * @param position its first position in the {@link PositionTable}; -1 as long as it has none
 */
public record Member(NodeId id, String name, long generation, long version, long heartbeat, String host, int clientPort,
    int peerPort, String zone,
    String dataCenter, int weight, MemberState state, long founders, int position, Load load) {
  public static final int NO_POSITION = -1;
  /** Few, since every digest carries them: two lives that should never meet are told apart, but for one time in so many. */
  private static final int LIFE_BITS = 14;
  private static final long REVISION = 1L << LIFE_BITS;

  public Member {
    Objects.requireNonNull(id);
    Objects.requireNonNull(state);
    Objects.requireNonNull(load);
    require(generation >= 0 && version >= 0 && heartbeat >= 0, "a negative counter", generation);
    require(isWithin(name, 1, 64), "name", name);
    require(isWithin(host, 1, 255), "host", host);
    require(isPort(clientPort), "client port", clientPort);
    require(isPort(peerPort), "peer port", peerPort);
    require(isWithin(zone, 0, 64), "zone", zone);
    require(isWithin(dataCenter, 0, 64), "data centre", dataCenter);
    require(weight >= 1 && weight <= RingMember.MAX_WEIGHT, "weight", weight);
    require(position >= NO_POSITION && position <= PositionTable.MAX_POSITIONS - weight, "position", position);
  }

  /** A node that has never been a member, before its first heartbeat. */
  public static Member founding(NodeId id, String name, long generation, String host, int clientPort, int peerPort,
      String zone, String dataCenter,
      int weight) {
    return new Member(id, name, generation, 0, 0, host, clientPort, peerPort, zone, dataCenter, weight,
        MemberState.FOUNDING, 0, NO_POSITION,
        Load.NONE);
  }

  /**
   * The same entry in a life of its own: processes that have a generation in common, because one was started on an older copy of the other's memory, differ in this.
   *
   * @param drawn any number
   */
  public Member inLife(long drawn) {
    return withPulse(drawn & REVISION - 1, heartbeat);
  }

  /** Whether both are of one generation, but not of one process. */
  public boolean isOfAnotherLifeThan(Member other) {
    return generation == other.generation && life() != other.life();
  }

  private long life() {
    return version & REVISION - 1;
  }

  public boolean hasPosition() {
    return position != NO_POSITION;
  }

  /** Whether it owns a part of the ring, up or down. */
  public boolean isInRing() {
    return hasPosition() && state != MemberState.LEFT;
  }

  /** Only for a member that {@link #isInRing()}. */
  public RingMember ringMember() {
    return new RingMember(id, position, weight, zone, dataCenter);
  }

  public MemberDigest digest() {
    return new MemberDigest(id, generation, version, heartbeat);
  }

  /**
   * The one rule by which entries of a member replace each other: who left stays so; else the later generation counts, within it the later
   * version, and within that the later heartbeat.
   */
  public boolean isOverriddenBy(Member other) {
    if (state == MemberState.LEFT) {
      return false;
    }
    if (other.state == MemberState.LEFT) {
      return true;
    }
    return other.digest().isNewerThan(digest());
  }

  /** Whether they differ in counters and load at most: in nothing worth persisting. */
  public boolean standsAs(Member other) {
    return withPulse(0, 0).withLoad(Load.NONE).equals(other.withPulse(0, 0).withLoad(Load.NONE));
  }

  /** A digest of what {@link #standsAs} compares, the same in every process. */
  public long standing() {
    long digest = mix(id.value() ^ mix(generation));
    digest = mix(digest ^ ((long) clientPort << 48 | (long) peerPort << 32 | (long) weight << 8 | state.ordinal()));
    digest = mix(digest ^ founders) ^ position;
    for (String text : List.of(name, host, zone, dataCenter)) {
      digest = mix(digest ^ text.hashCode());
    }
    return digest;
  }

  /** The finalizer of splitmix64. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  public Member withHeartbeat(long newHeartbeat) {
    return withPulse(version, newHeartbeat);
  }

  public Member withLoad(Load newLoad) {
    return new Member(id, name, generation, version, heartbeat, host, clientPort, peerPort, zone, dataCenter, weight,
        state, founders, position, newLoad);
  }

  public Member withGeneration(long newGeneration) {
    return new Member(id, name, newGeneration, version, heartbeat, host, clientPort, peerPort, zone, dataCenter, weight,
        state, founders, position, load);
  }

  public Member withStanding(MemberState newState, long newFounders, int newPosition) {
    return new Member(id, name, generation, version, heartbeat, host, clientPort, peerPort, zone, dataCenter, weight,
        newState, newFounders, newPosition, load);
  }

  /** The same entry as a later version. */
  public Member revised() {
    return withPulse(version + REVISION, heartbeat);
  }

  private Member withPulse(long newVersion, long newHeartbeat) {
    return new Member(id, name, generation, newVersion, newHeartbeat, host, clientPort, peerPort, zone, dataCenter,
        weight, state, founders, position, load);
  }

  private static boolean isPort(int port) {
    return port > 0 && port < 65_536;
  }

  private static boolean isWithin(String text, int minBytes, int maxBytes) {
    if (text.length() >= minBytes && text.length() <= maxBytes / 3) {
      return true;
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= minBytes && bytes <= maxBytes;
  }

  private static void require(boolean holds, String what, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(what + ": " + value);
    }
  }
}
