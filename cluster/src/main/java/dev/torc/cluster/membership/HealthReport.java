package dev.torc.cluster.membership;

import dev.torc.cluster.message.Suspicion;
import dev.torc.cluster.ring.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * What this node believes of its peers' health.
 *
 * @param peers by id
 * @param suspicions the votes that stand
 */
public record HealthReport(List<PeerHealth> peers, List<Suspicion> suspicions) {
  public static final HealthReport NONE = new HealthReport(List.of(), List.of());

  public HealthReport {
    peers = List.copyOf(peers);
    suspicions = List.copyOf(suspicions);
  }

  /** Empty for this node itself and for whom it does not know. */
  public Optional<PeerHealth> of(NodeId peer) {
    int low = 0;
    int high = peers.size() - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int order = peers.get(middle).peer().compareTo(peer);
      if (order == 0) {
        return Optional.of(peers.get(middle));
      }
      low = order < 0 ? middle + 1 : low;
      high = order > 0 ? middle - 1 : high;
    }
    return Optional.empty();
  }
}
