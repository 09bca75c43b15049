/**
 * Replicas find out where they differ, and make it good, always and without being asked.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.antientropy.AntiEntropy} the chore: whom to compare with next
 * <li>{@link dev.torc.cluster.antientropy.AntiEntropyConfig} how often, and how fast
 * <li>{@link dev.torc.cluster.antientropy.PairRound} one comparison with one peer, and what came of it
 * <li>{@link dev.torc.cluster.antientropy.TreeExchange} down two trees to the keys that differ, for one N
 * <li>{@link dev.torc.cluster.antientropy.LeafLook} the keys of one leaf, here and there; {@link dev.torc.cluster.antientropy.SecondLook} one key, looked at again, and repaired
 * </ul>
 */
package dev.torc.cluster.antientropy;
