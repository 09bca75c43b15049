package dev.torc.cluster.policy;

import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.TreeSet;

/**
 * N by key, as the policies have it, and nothing else of them: what decides which replicas hold a key. A store keeps its keys' hashes apart by it, and so needs to know
 * when it changes, but not when anything else of the policies does.
 */
public final class ReplicaCounts {
  /** Every key has as many replicas as the cluster has by default. */
  public static final ReplicaCounts UNIFORM = new ReplicaCounts(PolicyTable.EMPTY, List.of(0), 0);
  private static final long FNV_PRIME = 0x100000001b3L;

  private final PolicyTable table;
  private final List<Integer> inUse;
  private final long digest;

  private ReplicaCounts(PolicyTable table, List<Integer> inUse, long digest) {
    this.table = table;
    this.inUse = inUse;
    this.digest = digest;
  }

  public static ReplicaCounts of(PolicyTable table) {
    var counts = new TreeSet<Integer>();
    counts.add(0);
    long digest = 0;
    for (var entry : table.said()) {
      int replicas = entry.policy().orElseThrow().replicas().orElse(0);
      if (replicas != 0) {
        counts.add(replicas);
        for (byte b : entry.prefix().array()) {
          digest = (digest ^ b & 0xff) * FNV_PRIME;
        }
        digest = (digest + 1 ^ replicas << 8) * FNV_PRIME;
      }
    }
    return counts.size() == 1 ? UNIFORM : new ReplicaCounts(table, List.copyOf(counts), digest);
  }

  /** 0 where the cluster's default holds. */
  public int of(Bytes key) {
    return digest == 0 ? 0 : table.resolve(key).replicas().orElse(0);
  }

  /** Every N that a key can have, ascending: 0, the default, and those of prefixes. */
  public List<Integer> inUse() {
    return inUse;
  }

  /** The same where equal prefixes have equal N, and all but surely nowhere else; 0 where none has its own. */
  public long digest() {
    return digest;
  }
}
