package dev.torc.cluster.membership;

import dev.torc.cluster.message.Member;
import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** To whom a round of gossip goes: random peers that are up, this node's monitors up or down, a seed while there is nobody or founders are missing, now and then one that is down. */
final class Targets {
  private static final int ROUNDS_PER_DEAD_PEER = 4;

  private final GossipConfig config;
  private final List<Address> seeds;
  private final MemberTable table;
  private final Detector detector;
  private final RandomGenerator random;
  private final RandomOrder peers;

  Targets(GossipConfig config, List<Address> seeds, MemberTable table, Detector detector, RandomGenerator random) {
    this.config = config;
    this.seeds = seeds;
    this.table = table;
    this.detector = detector;
    this.random = random;
    this.peers = new RandomOrder(random);
  }

  static Address address(Member member) {
    return new Address(member.host(), member.peerPort());
  }

  void onMembers(List<NodeId> ids) {
    peers.onPeers(ids);
  }

  /** So many random peers that are up, or as many as there are, and not the one that is left out. */
  List<NodeId> live(int count, Optional<NodeId> but) {
    var live = new TreeSet<NodeId>();
    var drawn = new ArrayList<NodeId>(count);
    for (int draws = 0; draws < peers.size() && drawn.size() < count; draws++) {
      NodeId next = peers.next();
      if (detector.isUp(next) && !but.equals(Optional.of(next)) && live.add(next)) {
        drawn.add(next);
      }
    }
    return drawn;
  }

  /** One that is down or unreached, in some rounds: it may be back, or have been parted from this node with all its monitors. */
  Optional<NodeId> dead() {
    if (random.nextInt(ROUNDS_PER_DEAD_PEER) > 0) {
      return Optional.empty();
    }
    var away = detector.away();
    return away.isEmpty() ? Optional.empty() : Optional.of(away.get(random.nextInt(away.size())));
  }

  /** @param isLonely whether nobody is up */
  Optional<Address> seed(boolean isLonely) {
    boolean wanted = isLonely || !table.isClosed() && table.size() < config.expect();
    return wanted && !seeds.isEmpty() ? Optional.of(seeds.get(random.nextInt(seeds.size()))) : Optional.empty();
  }
}
