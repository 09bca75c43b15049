/**
 * Real processes, started as a user starts them.
 *
 * <ul>
 * <li>{@link dev.torc.compat.process.Torc} deploy/torc with the jar of this build, and what it left running
 * <li>{@link dev.torc.compat.process.Cluster} nodes of one data directory
 * <li>{@link dev.torc.compat.process.SharedCluster} the one that most tests use
 * <li>{@link dev.torc.compat.process.Load} writers that know what was acknowledged
 * <li>{@link dev.torc.compat.process.NetworkedCluster} nodes on hosts that can be parted
 * <li>{@link dev.torc.compat.process.Network} such hosts: network namespaces on a bridge
 * <li>{@link dev.torc.compat.process.NativeCode} what only C can do, compiled when it is needed
 * <li>{@link dev.torc.compat.process.RedisServer} Redis, to compare with
 * <li>{@link dev.torc.compat.process.Ports} ports that nobody has
 * <li>{@link dev.torc.compat.process.Program} a process that is run to its end
 * <li>{@link dev.torc.compat.process.Eventually} waiting for a condition
 * </ul>
 */
package dev.torc.compat.process;
