/**
 * What strong operations do to a key's value: Redis's read-modify-write commands as pure functions.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.change.Change} what to do
 * <li>{@link dev.torc.cluster.change.ChangeResult} what it came to
 * <li>{@code Values}, {@code Numbers} the arithmetic on bytes
 * </ul>
 */
package dev.torc.cluster.change;
