/**
 * How hints get to their owners.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.hint.HintedHandoff} the chore: what is held is delivered, and what is too old or too much is given up
 * <li>{@link dev.torc.cluster.hint.Delivery} to one owner
 * <li>{@link dev.torc.cluster.hint.Transfer} some hints on their way to nodes, until these have them on disk
 * <li>{@link dev.torc.cluster.hint.Replicas} who holds a key
 * <li>{@link dev.torc.cluster.hint.Pace} how much at once, and how often
 * <li>{@link dev.torc.cluster.hint.Bounds} how old and how many hints may become
 * <li>{@link dev.torc.cluster.hint.HintLimits} as configured
 * </ul>
 */
package dev.torc.cluster.hint;
