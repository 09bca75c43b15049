/**
 * The end of deletions.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.reaping.Reaper} finds what is left of deleted keys and has all replicas forget it
 * <li>{@link dev.torc.cluster.reaping.Burial} one key's way there
 * <li>{@link dev.torc.cluster.reaping.ReapingConfig} the figures
 * <li>{@link dev.torc.cluster.reaping.Surroundings} what else reaping needs to know of the node
 * </ul>
 */
package dev.torc.cluster.reaping;
