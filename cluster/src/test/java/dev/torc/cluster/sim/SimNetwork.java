package dev.torc.cluster.sim;

import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.wire.PeerCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What lies between the nodes: loses, doubles and delays, now and then by so much that the message outlives the node that sent it. A link that is cut loses
 * all it carries, one that is clogged holds it back. Both are counted, so that a link is well again when nobody harms it any more. Everything goes through
 * its binary form.
 */
final class SimNetwork {

  /** @param sentWallMillis the sender's clock when it sent, for the oracle */
  record Envelope(int from, PeerMessage message, long sentWallMillis) {}

  /** What came to the end of a clogged link. */
  private record Held(Envelope envelope, int to) {}

  private final SimCluster cluster;
  private final int[][] cuts;
  private final int[][] clogs;
  private final List<Held> held = new ArrayList<>();
  private double loss;
  private double tail;

  SimNetwork(SimCluster cluster, SimConfig config) {
    this.cluster = cluster;
    this.cuts = new int[config.nodes()][config.nodes()];
    this.clogs = new int[config.nodes()][config.nodes()];
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

  /** Whether nothing gets from the one to the other now. */
  boolean isSilent(int from, int to) {
    return cuts[from][to] > 0 || clogs[from][to] > 0;
  }

  void cut(int from, int to) {
    cuts[from][to]++;
  }

  void mend(int from, int to) {
    cuts[from][to] = Math.max(0, cuts[from][to] - 1);
  }

  void clog(int from, int to) {
    clogs[from][to]++;
  }

  void unclog(int from, int to) {
    clogs[from][to] = Math.max(0, clogs[from][to] - 1);
    letGo();
  }

  void heal() {
    for (int from = 0; from < cuts.length; from++) {
      Arrays.fill(cuts[from], 0);
      Arrays.fill(clogs[from], 0);
    }
    letGo();
    loss = 0;
    tail = 0;
  }

  private void letGo() {
    for (var it : List.copyOf(held)) {
      if (clogs[it.envelope.from][it.to] == 0) {
        held.remove(it);
        cluster.kernel().after(cluster.kernel().between(0, 20), () -> arrive(it.envelope, it.to));
      }
    }
  }

  void send(SimNode from, int to, PeerMessage message) {
    var kernel = cluster.kernel();
    var envelope = new Envelope(from.index(), PeerCodec.decode(PeerCodec.encode(message)),
        from.moment().wallMillis());
    boolean mayDouble = parts(message).stream().noneMatch(part -> part instanceof PeerMessage.Forward);
    int copies = kernel.happens(loss) ? 0 : mayDouble && kernel.happens(cluster.config().doubled()) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (cuts[from.index()][to] == 0) {
        kernel.after(delay(), () -> arrive(envelope, to));
      }
    }
  }

  private void arrive(Envelope envelope, int to) {
    if (clogs[envelope.from()][to] > 0) {
      held.add(new Held(envelope, to));
    } else if (cuts[envelope.from()][to] == 0) {
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
