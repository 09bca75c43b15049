package dev.torc.verticles;

import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.wire.GossipCodec;
import java.util.List;

/** The members as they are kept for the next start: in the form in which gossip carries them. */
final class MembersFile {
  static final String NAME = "members";

  private MembersFile() {}

  static byte[] encode(List<Member> members) {
    return GossipCodec.encode(new GossipMessage.Ack2("", members));
  }

  /** @throws dev.torc.cluster.wire.MalformedException if the bytes are damaged */
  static List<Member> decode(byte[] bytes) {
    return GossipCodec.decode(bytes) instanceof GossipMessage.Ack2 kept ? kept.entries() : List.of();
  }
}
