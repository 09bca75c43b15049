/**
 * What comes out of the core.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.effect.Effect} what the core wants done
 * </ul>
 */
package dev.torc.cluster.effect;
