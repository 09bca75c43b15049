/**
 * TCP between nodes.
 *
 * <ul>
 * <li>{@link dev.torc.verticles.peer.PeerLinks} one event loop's links to all others, and theirs to it
 * <li>{@link dev.torc.verticles.peer.PeerLink} one link, made again when it breaks
 * <li>{@link dev.torc.verticles.peer.PeerServer} takes connections
 * <li>{@link dev.torc.verticles.peer.FrameSocket} messages over one connection
 * </ul>
 */
package dev.torc.verticles.peer;
