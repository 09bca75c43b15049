package dev.torc.cluster.storage;

import dev.torc.cluster.ring.Slot;

/**
 * The shape of a tree over all keys: 2^20 leaves, of each slot 64, by the first six bits of a key's position; above them nodes of sixteen children each, five levels up to
 * the root. Numbered as a heap is: the root is 1, the children of {@code n} are {@code 16n … 16n + 15}.
 */
public final class TreeNodes {
  public static final int ROOT = 1;
  public static final int FAN_OUT = 16;
  /** Those of a slot. */
  public static final int LEAVES = 64;
  private static final int FIRST_LEAF = 1 << 20;
  private static final int FAN_OUT_BITS = 4;
  private static final int LEAF_BITS = 6;
  private static final int POSITION_BITS = 42;

  private TreeNodes() {}

  public static int leaf(Key key) {
    return leaf(key.slot(), key.position());
  }

  public static int leaf(int slot, long position) {
    return FIRST_LEAF + (slot << LEAF_BITS) + (int) (position >>> POSITION_BITS);
  }

  public static boolean isNode(int node) {
    return node >= ROOT && node < 2 * FIRST_LEAF && (31 - Integer.numberOfLeadingZeros(node)) % FAN_OUT_BITS == 0;
  }

  public static boolean isLeaf(int node) {
    return node >= FIRST_LEAF;
  }

  public static int child(int node, int index) {
    return node * FAN_OUT + index;
  }

  /** Of the leaves below a node, or of it itself, the first; counted from 0. */
  public static int firstLeaf(int node) {
    return (node << below(node)) - FIRST_LEAF;
  }

  /** The node of a leaf that is counted from 0. */
  public static int leafNode(int leaf) {
    return leaf + FIRST_LEAF;
  }

  /** How many leaves there are below a node; 1 for a leaf. */
  public static int leaves(int node) {
    return 1 << below(node);
  }

  /** Of a leaf. */
  public static int slot(int leaf) {
    return leaf - FIRST_LEAF >> LEAF_BITS;
  }

  /** Where the keys of a leaf begin. */
  public static ScanPoint from(int leaf) {
    return new ScanPoint(slot(leaf), (long) (leaf & LEAVES - 1) << POSITION_BITS);
  }

  /** The first place behind the keys of a leaf. */
  public static ScanPoint to(int leaf) {
    if ((leaf & LEAVES - 1) < LEAVES - 1) {
      return from(leaf + 1);
    }
    return slot(leaf) + 1 == Slot.COUNT ? ScanPoint.END : new ScanPoint(slot(leaf) + 1, 0);
  }

  private static int below(int node) {
    return Integer.numberOfLeadingZeros(node) - Integer.numberOfLeadingZeros(FIRST_LEAF);
  }
}
