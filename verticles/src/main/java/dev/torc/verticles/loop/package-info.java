/**
 * What belongs to one event loop.
 *
 * <ul>
 * <li>{@link dev.torc.verticles.loop.CoordinatorShell} performs a coordinator's effects
 * <li>{@link dev.torc.verticles.loop.UpkeepShell} performs those of a node's background work; {@link dev.torc.verticles.loop.LoopMachines} both
 * <li>{@link dev.torc.verticles.loop.StoreLinks} a machine's ways to storage, {@link dev.torc.verticles.loop.ShardLink} one of them
 * <li>{@link dev.torc.verticles.loop.PeerEvents} what links to other nodes tell
 * <li>{@link dev.torc.verticles.loop.ReplicaRounds} what came of comparing replicas
 * <li>{@link dev.torc.verticles.loop.Peers} its ways to other nodes
 * <li>{@link dev.torc.verticles.loop.NodeMemory} what all loops may hold together: {@link dev.torc.verticles.loop.ByteBudget} shares of it,
 * {@link dev.torc.verticles.loop.ValueSizes} what a read is expected to bring
 * <li>{@link dev.torc.verticles.loop.LoopTurn} what is put off to the end of a turn
 * <li>{@link dev.torc.verticles.loop.EventCounts} what coordinators announced, counted
 * <li>{@link dev.torc.verticles.loop.PendingHints} what is held for other nodes
 * <li>{@link dev.torc.verticles.loop.UpkeepFigures} how the background work goes
 * </ul>
 */
package dev.torc.verticles.loop;
