/**
 * Time as the core sees it: told from outside, never read.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.time.Moment} now: a steady clock and a wall clock
 * <li>{@link dev.torc.cluster.time.Hlc} a reading of a hybrid logical clock, packed into a long
 * <li>{@link dev.torc.cluster.time.HybridClock} gives such readings out
 * <li>{@link dev.torc.cluster.time.DeadlineQueue} what is due when
 * </ul>
 */
package dev.torc.cluster.time;
