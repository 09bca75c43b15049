/**
 * What a node does beside its requests: the ground on which hand-off, anti-entropy, recovery and reaping stand.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.upkeep.Upkeep} the machine: a node's chores, and what they wait for
 * <li>{@link dev.torc.cluster.upkeep.Chore} one kind of such work
 * <li>{@link dev.torc.cluster.upkeep.Errands} what a chore sees and does while one event is handled
 * <li>{@link dev.torc.cluster.upkeep.Pace} how much of it at once, so that requests do not feel it
 * <li>{@link dev.torc.cluster.upkeep.Answered} what is to be done with the answer to an errand
 * </ul>
 */
package dev.torc.cluster.upkeep;
