/**
 * What one node is told: every key, where its value came from, what is allowed.
 *
 * <ul>
 * <li>{@link dev.torc.verticles.config.NodeConfig} the whole configuration of a node
 * <li>{@link dev.torc.verticles.config.ClientSettings} the client socket and its limits
 * <li>{@link dev.torc.verticles.config.ClusterSettings} the cluster, its seeds, N and the levels
 * <li>{@link dev.torc.verticles.config.PolicySettings} what key prefixes ask for
 * <li>{@link dev.torc.verticles.config.Seed} a node to ask first
 * <li>{@link dev.torc.verticles.config.HintSettings} what is held for others
 * <li>{@link dev.torc.verticles.config.SiblingSettings} how many concurrent values a key may have
 * <li>{@link dev.torc.verticles.config.RequestSettings} the patience of a request, {@link dev.torc.verticles.config.SessionSettings} of a session
 * <li>{@link dev.torc.verticles.config.PeerSettings} the sockets between nodes
 * <li>{@link dev.torc.verticles.config.ReapingSettings} when deletions are forgotten
 * <li>{@link dev.torc.verticles.config.AntiEntropySettings} how replicas are compared
 * <li>{@link dev.torc.verticles.config.GossipSettings} the rhythm of gossip
 * <li>{@link dev.torc.verticles.config.EngineSettings} memory, writers and durability of the storage
 * <li>{@link dev.torc.verticles.config.LoopSettings} event loops and how sockets are driven
 * <li>{@link dev.torc.verticles.config.Transport} how sockets are driven
 * <li>{@link dev.torc.verticles.config.LogSettings} what the log says
 * <li>{@link dev.torc.verticles.config.Machine} the cores and memory that automatic values follow
 * <li>{@link dev.torc.verticles.config.ConfigSources} flags, environment, file and defaults, in their order
 * <li>{@link dev.torc.verticles.config.KnownKeys} the keys there are, and the nearest to one there is not
 * <li>{@link dev.torc.verticles.config.Settings} typed reading of one key
 * <li>{@link dev.torc.verticles.config.Allowed} the checks that name the key
 * <li>{@link dev.torc.verticles.config.ConfigException} the one line a wrong value is refused with
 * </ul>
 */
package dev.torc.verticles.config;
