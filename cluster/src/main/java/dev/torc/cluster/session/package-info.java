/**
 * Sessions of clients: read your writes and its kin, over connections and nodes; and what a connection has written.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.session.Session} what a client has seen
 * <li>{@link dev.torc.cluster.session.SessionRules} how it asks, and what the session learns
 * <li>{@link dev.torc.cluster.session.SessionToken} how it carries that elsewhere
 * <li>{@link dev.torc.cluster.session.RecentWrites} what WAIT is about
 * <li>{@code KeyId} a key in twelve bytes
 * </ul>
 */
package dev.torc.cluster.session;
