/**
 * What comes out of the core.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.effect.Effect} what the core wants done
 * <li>{@link dev.torc.cluster.effect.Bundles} makes one message of all that a turn says to one node
 * </ul>
 */
package dev.torc.cluster.effect;
