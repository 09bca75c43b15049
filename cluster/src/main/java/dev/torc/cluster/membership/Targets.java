package dev.torc.cluster.membership;

import dev.torc.cluster.message.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/** To whom a round of gossip goes: random peers that are up, a seed while there are none or founders are missing, now and then one that is down. */
final class Targets {
  private static final int ROUNDS_PER_DEAD_PEER = 4;

  private final GossipConfig config;
  private final List<Address> seeds;
  private final MemberTable table;
  private final Freshness freshness;
  private final RandomGenerator random;

  Targets(GossipConfig config, List<Address> seeds, MemberTable table, Freshness freshness, RandomGenerator random) {
    this.config = config;
    this.seeds = seeds;
    this.table = table;
    this.freshness = freshness;
    this.random = random;
  }

  LinkedHashSet<Address> pick() {
    var up = new ArrayList<Address>();
    var down = new ArrayList<Address>();
    for (Member peer : table.peers()) {
      (freshness.isUp(peer.id()) ? up : down).add(new Address(peer.host(), peer.peerPort()));
    }
    Collections.shuffle(up, random);
    var targets = new LinkedHashSet<Address>(up.subList(0, Math.min(config.fanout(), up.size())));
    boolean lonely = up.isEmpty() || !table.isClosed() && table.size() < config.expect();
    if (lonely && !seeds.isEmpty()) {
      targets.add(seeds.get(random.nextInt(seeds.size())));
    }
    if (!down.isEmpty() && random.nextInt(ROUNDS_PER_DEAD_PEER) == 0) {
      targets.add(down.get(random.nextInt(down.size())));
    }
    return targets;
  }
}
