package dev.torc.cluster.membership;

import dev.torc.cluster.message.Suspicion;
import dev.torc.cluster.ring.NodeId;
import java.util.Comparator;
import java.util.random.RandomGenerator;

/**
 * The three kinds of rumours, in the order of their haste: votes against a peer; that one is alive whom somebody voted against, which runs after the votes and ends
 * them; and changed entries.
 */
final class News {
  private static final Comparator<Suspicion> BY_PAIR = Comparator.comparing(Suspicion::suspect)
      .thenComparing(Suspicion::observer);

  private static final int HASTY = 3;
  /** Entries are large, and who missed one asks for it. */
  private static final int LARGE = 1;

  final Rumours<Suspicion> votes;
  final Rumours<NodeId> alive;
  final Rumours<NodeId> entries;

  News(RandomGenerator random) {
    votes = new Rumours<>(HASTY, BY_PAIR, random);
    alive = new Rumours<>(HASTY, Comparator.<NodeId>naturalOrder(), random);
    entries = new Rumours<>(LARGE, Comparator.<NodeId>naturalOrder(), random);
  }
}
