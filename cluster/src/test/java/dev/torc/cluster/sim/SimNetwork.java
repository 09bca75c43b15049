package dev.torc.cluster.sim;

import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.wire.PeerCodec;
import java.util.List;

/**
 * What lies between the nodes: loses, doubles and delays, now and then by so much that the message outlives the node that sent it. Everything goes
 * through its binary form.
 */
final class SimNetwork {

  /** @param sentWallMillis the sender's clock when it sent, for the oracle */
  record Envelope(int from, PeerMessage message, long sentWallMillis) {}

  private final SimCluster cluster;
  private final boolean[][] cut;
  private double loss;
  private double tail;

  SimNetwork(SimCluster cluster, SimConfig config) {
    this.cluster = cluster;
    this.cut = new boolean[config.nodes()][config.nodes()];
    this.loss = config.loss();
    this.tail = config.tail();
  }

  static List<PeerMessage.Single> parts(PeerMessage message) {
    return switch (message) {
      case PeerMessage.Single single -> List.of(single);
      case PeerMessage.Together together -> together.parts();
    };
  }

  /** Whether it asks for something; a message either asks or answers, in all its parts. */
  static boolean isAsk(PeerMessage message) {
    return parts(message).getFirst() instanceof PeerMessage.Ask;
  }

  boolean isCut(int from, int to) {
    return cut[from][to];
  }

  void cut(int from, int to, boolean is) {
    cut[from][to] = is;
  }

  void heal() {
    for (var row : cut) {
      java.util.Arrays.fill(row, false);
    }
    loss = 0;
    tail = 0;
  }

  void send(SimNode from, int to, PeerMessage message) {
    var kernel = cluster.kernel();
    var envelope = new Envelope(from.index(), PeerCodec.decode(PeerCodec.encode(message)),
        from.moment().wallMillis());
    boolean mayDouble = parts(message).stream().noneMatch(part -> part instanceof PeerMessage.Forward);
    int copies = kernel.happens(loss) ? 0 : mayDouble && kernel.happens(cluster.config().doubled()) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (!cut[from.index()][to]) {
        kernel.after(delay(), () -> arrive(envelope, to));
      }
    }
  }

  private void arrive(Envelope envelope, int to) {
    if (!cut[envelope.from()][to]) {
      cluster.node(to).onArrival(envelope);
    }
  }

  private long delay() {
    var kernel = cluster.kernel();
    if (kernel.happens(tail)) {
      return kernel.happens(0.3) ? kernel.between(1_000, 9_000) : kernel.between(20, 1_000);
    }
    return kernel.between(1, 6);
  }
}
