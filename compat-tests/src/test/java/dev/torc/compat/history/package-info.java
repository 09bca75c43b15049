/**
 * What clients saw of real nodes, kept so that it can be judged.
 *
 * <ul>
 * <li>{@link dev.torc.compat.history.History} calls and answers, key by key
 * <li>{@link dev.torc.compat.history.RecordingClient} a client that writes down what it does
 * <li>{@link dev.torc.compat.history.Counters} clients that count
 * <li>{@link dev.torc.compat.history.LockHolders} clients that take turns by a lock
 * </ul>
 */
package dev.torc.compat.history;
