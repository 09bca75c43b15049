/**
 * The shells: sockets, event loops, timers, the process. They perform effects and decide nothing.
 *
 * <ul>
 * <li>{@link dev.torc.verticles.TorcNode} wires a node, starts and stops it
 * <li>{@link dev.torc.verticles.LoopVerticle} one event loop: its clients, its peers, its coordinator
 * <li>{@link dev.torc.verticles.NodeLife} a node, and another one after it if its peers know better
 * <li>{@link dev.torc.verticles.Inquiry} what other nodes know of the members, asked before a node runs
 * <li>{@link dev.torc.verticles.FileTime} the time as a part of a file's name
 * <li>{@link dev.torc.verticles.OlderCopy} whether a directory is an older copy of itself
 * <li>{@link dev.torc.verticles.FormerSelf} whether an empty directory is that of a member that lost its disk
 * <li>{@link dev.torc.verticles.NodeChores} a node's background work, wired
 * <li>{@link dev.torc.verticles.CatchUpReport} what an operator hears of catching up
 * <li>{@link dev.torc.verticles.NodeSettings} what the parts are told, from the configuration
 * <li>{@link dev.torc.verticles.NodeMetrics} what {@code /metrics} says
 * <li>{@link dev.torc.verticles.LoopFigures} what the event loops say of themselves
 * <li>{@link dev.torc.verticles.MembersFile} the members as they are kept for the next start
 * <li>{@link dev.torc.verticles.PoliciesFile} the policies likewise
 * <li>{@link dev.torc.verticles.VertxSetup} Vert.x, its transport and metrics
 * <li>{@link dev.torc.verticles.SystemClock} the only reader of time
 * <li>{@link dev.torc.verticles.StartException} why a node does not start, in one line
 * </ul>
 */
package dev.torc.verticles;
