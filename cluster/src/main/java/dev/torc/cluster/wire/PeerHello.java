package dev.torc.cluster.wire;

import dev.torc.cluster.ring.NodeId;

/**
 * The first frame in either direction of a connection between nodes: who is speaking, and in which version. A node answers with its own, or with an
 * empty frame if it will not talk to this one, and closes.
 *
 * @param cluster the name of the cluster; nodes of different clusters do not talk
 */
public record PeerHello(String cluster, NodeId node) {
  private static final int MAGIC = 0x544f5243;
  private static final int VERSION = 1;

  public byte[] encode() {
    return new ByteWriter(64).i32(MAGIC).u16(VERSION).text(cluster).i64(node.value()).toArray();
  }

  /** @throws MalformedException if this is no node of Torc, or one of another version */
  public static PeerHello decode(byte[] bytes) {
    var in = new ByteReader(bytes);
    if (in.i32() != MAGIC) {
      throw new MalformedException("not a node of Torc");
    }
    int version = in.u16();
    if (version != VERSION) {
      throw new MalformedException("speaks version " + version + ", this node " + VERSION);
    }
    var hello = new PeerHello(in.text(), new NodeId(in.i64()));
    in.end();
    return hello;
  }
}
