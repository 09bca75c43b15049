package dev.torc.cluster.wire;

/**
 * The first frame of a connection that is no link between nodes: who sends it wants to know all that the other knows of the members, gets that as one frame,
 * and hangs up.
 *
 * @param cluster its name; a node of another one closes without a word
 */
public record StateRequest(String cluster) {
  private static final int MAGIC = 0x544f5247;

  public byte[] encode() {
    return new ByteWriter(64).i32(MAGIC).text(cluster).toArray();
  }

  /** Whether these bytes are such a request; what it says may be malformed still. */
  public static boolean begins(byte[] bytes) {
    return bytes.length >= Integer.BYTES && new ByteReader(bytes).i32() == MAGIC;
  }

  /** @throws MalformedException if they are none */
  public static StateRequest decode(byte[] bytes) {
    var in = new ByteReader(bytes);
    if (in.i32() != MAGIC) {
      throw new MalformedException("no request for what a node knows");
    }
    var request = new StateRequest(in.text());
    in.end();
    return request;
  }
}
