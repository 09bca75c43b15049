package dev.torc.engine;

import dev.torc.cluster.storage.TreeNodes;
import java.util.Arrays;

/** How many keys a slot has and what its leaves hash to, as far as its records have been read. */
final class SlotFigures {
  private static final int LEAVES = TreeNodes.LEAVES;

  private final long[][] leaves = new long[HashForest.TREES][];
  private long keys;
  private boolean isEmpty = true;

  void add(int delta, int replicas, int leaf, long difference) {
    if (leaves[replicas] == null) {
      leaves[replicas] = new long[LEAVES];
    }
    leaves[replicas][leaf % LEAVES] ^= difference;
    keys += delta;
    isEmpty = false;
  }

  void clear() {
    keys = 0;
    for (int replicas = 0; replicas < leaves.length && !isEmpty; replicas++) {
      if (leaves[replicas] != null) {
        Arrays.fill(leaves[replicas], 0);
      }
    }
    isEmpty = true;
  }

  boolean equals(int slot, SlotCounts counts, HashForest forest) {
    boolean equal = counts.of(slot) == keys;
    for (int replicas = 0; replicas < leaves.length && equal; replicas++) {
      for (int i = 0; i < LEAVES && equal; i++) {
        equal = difference(replicas, slot, i, forest) == 0;
      }
    }
    return equal;
  }

  /** From now on this is what is known of the slot. */
  void store(int slot, SlotCounts counts, HashForest forest) {
    counts.set(slot, keys);
    for (int replicas = 0; replicas < leaves.length; replicas++) {
      for (int i = 0; i < LEAVES && (leaves[replicas] != null || forest.find(replicas) != null); i++) {
        long difference = difference(replicas, slot, i, forest);
        if (difference != 0) {
          forest.tree(replicas).change(slot * LEAVES + i, difference);
        }
      }
    }
    forest.onBuilt(slot);
  }

  private long difference(int replicas, int slot, int i, HashForest forest) {
    var tree = forest.find(replicas);
    return (tree == null ? 0 : tree.leaf(slot * LEAVES + i)) ^ (leaves[replicas] == null ? 0 : leaves[replicas][i]);
  }
}
