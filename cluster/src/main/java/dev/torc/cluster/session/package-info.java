/**
 * Sessions of clients: read your writes and its kin, over connections and nodes.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.session.Session} what a client has seen
 * <li>{@link dev.torc.cluster.session.SessionToken} how it carries that elsewhere
 * <li>{@code KeyId} a key in twelve bytes
 * </ul>
 */
package dev.torc.cluster.session;
