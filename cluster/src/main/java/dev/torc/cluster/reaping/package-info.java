/**
 * The end of deletions.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.reaping.Reaper} finds what is left of deleted keys and has all replicas forget it
 * <li>{@link dev.torc.cluster.reaping.Burial} one key's way there
 * <li>{@code FirstLooks} since when it has been the same on all replicas
 * <li>{@link dev.torc.cluster.reaping.ReapingConfig} the figures
 * </ul>
 */
package dev.torc.cluster.reaping;
