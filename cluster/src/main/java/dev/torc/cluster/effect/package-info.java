/**
 * What goes into the core and what comes out of it.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.effect.Request} what a client asks
 * <li>{@link dev.torc.cluster.effect.Outcome} how that ended
 * <li>{@link dev.torc.cluster.effect.Effect} what the core wants done
 * </ul>
 */
package dev.torc.cluster.effect;
