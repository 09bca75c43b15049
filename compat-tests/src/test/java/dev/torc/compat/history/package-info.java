/**
 * What clients saw of real nodes, kept so that it can be judged.
 *
 * <ul>
 * <li>{@link dev.torc.compat.history.History} calls and answers, key by key
 * <li>{@link dev.torc.compat.history.RecordingClient} a client that writes down what it does
 * <li>{@link dev.torc.compat.history.KeyEvent} what was asked of a key with siblings, and answered
 * <li>{@link dev.torc.compat.history.Level} how many nodes stand behind that
 * <li>{@link dev.torc.compat.history.PowerCuts} what may have gone with a machine's power
 * <li>{@link dev.torc.compat.history.KeyCopy} what a replica has of it
 * <li>{@link dev.torc.compat.history.KeyHistory} whether that keeps the promises of ordinary reads and writes
 * <li>{@link dev.torc.compat.history.VersionedHistory} the same of many keys
 * <li>{@link dev.torc.compat.history.VersionedClient} a client that writes down what it does to them
 * <li>{@link dev.torc.compat.history.PlainHistory} what a client of SET and GET may find at the default level
 * <li>{@link dev.torc.compat.history.RovingSocket} their connection, to one node at a time
 * <li>{@link dev.torc.compat.history.Outcomes} what became of requests, counted
 * <li>{@link dev.torc.compat.history.Counters} clients that count
 * <li>{@link dev.torc.compat.history.LockHolders} clients that take turns by a lock
 * </ul>
 */
package dev.torc.compat.history;
