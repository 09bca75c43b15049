package dev.torc.cluster.storage;

import dev.torc.cluster.ring.SlotSet;
import java.util.List;

/**
 * What a store says of all its records without showing them: for each N that keys have, a {@link TreeNodes tree} of the XOR of their {@link RecordHash hashes}. Whoever holds
 * the same records has the same tree, and where two trees differ one finds the keys by going down.
 *
 * <p>Read by any thread, while the store's own threads write. What it does <b>not</b> promise: that a hash is of one moment (a write that is being taken in may be in one node
 * and not yet in the one below, so a difference is to be looked at twice); that it is there at all ({@link #isComplete()}). What it does promise: a write that
 * was answered is in it.
 */
public interface Trees {
  /** False while the trees are being built from the records: then the hashes mean nothing. */
  boolean isComplete();

  /** Of how the keys are parted by N: trees can be compared where this is equal. */
  long partition();

  /** Every N that has a tree, ascending; 0 is the cluster's default. */
  List<Integer> inUse();

  /** How often this node was told that it had missed something ({@link HintStep.TellMissed}). */
  long missed();

  /** 0 where there is no key. */
  long hash(int replicas, int node, SlotSet among);
}
