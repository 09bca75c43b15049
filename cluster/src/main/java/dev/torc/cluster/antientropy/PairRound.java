package dev.torc.cluster.antientropy;

import dev.torc.cluster.ring.NodeId;

/**
 * One comparison of this node's records with a peer's, of all slots and every N that they share, from the first look to the last repair.
 *
 * @param isComplete whether it was seen through: then each holds all that the other held when it began
 * @param startedAtMillis steady time
 * @param endedAtMillis steady time
 * @param divergent keys that differed at both looks, while at one of the nodes at least nothing happened to them
 * @param repaired keys of which a record was merged, here or there
 * @param bytes that it took both ways, about
 */
public record PairRound(NodeId peer, boolean isComplete, long startedAtMillis, long endedAtMillis, long divergent,
    long repaired, long bytes) {}
