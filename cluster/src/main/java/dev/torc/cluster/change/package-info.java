/**
 * What strong operations do to a key's value: Redis's read-modify-write commands as pure functions.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.change.Change} what to do
 * <li>{@link dev.torc.cluster.change.ChangeResult} what it came to
 * <li>{@link dev.torc.cluster.change.Joint} what an operation on several keys does to them, {@link dev.torc.cluster.change.TransactionId} the name of one attempt
 * <li>{@link dev.torc.cluster.change.IntentChange} its steps on single keys, {@link dev.torc.cluster.change.IntentResult} what they came to
 * <li>{@link dev.torc.cluster.change.Intents} what they leave at a key until it has ended: {@link dev.torc.cluster.change.Intent} the lock,
 * {@link dev.torc.cluster.change.Commit} that it has happened
 * <li>{@code Values}, {@code Numbers} the arithmetic on bytes
 * </ul>
 */
package dev.torc.cluster.change;
