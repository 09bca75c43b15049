package dev.torc.engine;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.storage.TreeNodes;
import java.util.concurrent.atomic.AtomicLongArray;

/** One tree of hashes, 8 MB: the leaves, and beside them each slot's own, so that the upper nodes are quick to sum up. */
final class HashTree {
  private static final int LEAVES = TreeNodes.LEAVES;

  private final AtomicLongArray leaves = new AtomicLongArray(Slot.COUNT * LEAVES);
  private final AtomicLongArray slots = new AtomicLongArray(Slot.COUNT);

  /** Called by the slot's shard only. @param leaf counted from 0 */
  void change(int leaf, long difference) {
    leaves.setOpaque(leaf, leaves.getPlain(leaf) ^ difference);
    int slot = leaf / LEAVES;
    slots.setOpaque(slot, slots.getPlain(slot) ^ difference);
  }

  /** @param leaf counted from 0 */
  long leaf(int leaf) {
    return leaves.getOpaque(leaf);
  }

  long hash(int node, SlotSet among) {
    int first = TreeNodes.firstLeaf(node);
    int count = TreeNodes.leaves(node);
    long hash = 0;
    if (count < LEAVES) {
      for (int leaf = first; leaf < first + count && among.contains(first / LEAVES); leaf++) {
        hash ^= leaves.getOpaque(leaf);
      }
      return hash;
    }
    for (int slot = first / LEAVES; slot < (first + count) / LEAVES; slot++) {
      hash ^= among.contains(slot) ? slots.getOpaque(slot) : 0;
    }
    return hash;
  }

  void clear(int slot) {
    for (int leaf = slot * LEAVES; leaf < (slot + 1) * LEAVES; leaf++) {
      leaves.setOpaque(leaf, 0);
    }
    slots.setOpaque(slot, 0);
  }
}
