/**
 * What belongs to one event loop.
 *
 * <ul>
 * <li>{@link dev.torc.verticles.loop.CoordinatorShell} performs a coordinator's effects
 * <li>{@link dev.torc.verticles.loop.ShardLink} the loop's way to a storage shard
 * <li>{@link dev.torc.verticles.loop.Peers} its ways to other nodes
 * <li>{@link dev.torc.verticles.loop.LoopTurn} what is put off to the end of a turn
 * </ul>
 */
package dev.torc.verticles.loop;
