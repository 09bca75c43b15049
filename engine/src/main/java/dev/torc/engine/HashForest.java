package dev.torc.engine;

import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.ReplicaCounts;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.storage.TreeNodes;
import dev.torc.cluster.storage.Trees;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The hashes of all that the node holds: for each N that keys have, a {@link HashTree}, there from the first key on. A slot is written by its shard only and read by
 * all; a slot that is not built yet says so.
 */
final class HashForest implements Trees {
  static final int TREES = Policy.MAX_REPLICAS + 1;

  private final AtomicReferenceArray<HashTree> trees = new AtomicReferenceArray<>(TREES);
  private final AtomicIntegerArray built = new AtomicIntegerArray(Slot.COUNT);
  private final AtomicInteger slotsBuilt = new AtomicInteger();
  private final AtomicLong missed = new AtomicLong();
  private volatile ReplicaCounts counts = ReplicaCounts.UNIFORM;

  /** By any thread: from now on keys have their N by these. Nothing is complete before every shard has built its slots again. */
  synchronized void partitionBy(ReplicaCounts newCounts) {
    if (newCounts.digest() == counts.digest()) {
      return;
    }
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      markUnbuilt(slot);
    }
    counts = newCounts;
  }

  ReplicaCounts counts() {
    return counts;
  }

  @Override
  public long partition() {
    return counts.digest();
  }

  @Override
  public List<Integer> inUse() {
    return counts.inUse();
  }

  @Override
  public long missed() {
    return missed.get();
  }

  /** By any thread. */
  void onMissed() {
    missed.incrementAndGet();
  }

  @Override
  public boolean isComplete() { return slotsBuilt.get() == Slot.COUNT; }

  @Override
  public long hash(int replicas, int node, SlotSet among) {
    var tree = replicas < TREES ? trees.get(replicas) : null;
    return tree == null ? 0 : tree.hash(node, among);
  }

  boolean isBuilt(int slot) {
    return built.getOpaque(slot) != 0;
  }

  /** The slot is empty and to be built anew. */
  void clear(int slot) {
    markUnbuilt(slot);
    for (int replicas = 0; replicas < TREES; replicas++) {
      var tree = trees.get(replicas);
      if (tree != null) {
        tree.clear(slot);
      }
    }
  }

  void onBuilt(int slot) {
    slotsBuilt.addAndGet(1 - built.getAndSet(slot, 1));
  }

  private void markUnbuilt(int slot) {
    slotsBuilt.addAndGet(-built.getAndSet(slot, 0));
  }

  void clear() {
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      clear(slot);
    }
  }

  /** Everything is known: what was loaded, or that there is nothing. */
  void onAllBuilt() {
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      onBuilt(slot);
    }
  }

  /** Null if no key has had that N. */
  HashTree find(int replicas) {
    return trees.get(replicas);
  }

  HashTree tree(int replicas) {
    var tree = trees.get(replicas);
    if (tree == null) {
      trees.compareAndSet(replicas, null, new HashTree());
      tree = trees.get(replicas);
    }
    return tree;
  }

  /** Called by the slot's shard only. */
  void change(int replicas, int leaf, long difference) {
    tree(replicas).change(TreeNodes.firstLeaf(leaf), difference);
  }
}
