/**
 * UDP between nodes, and what it says of the cluster.
 *
 * <ul>
 * <li>{@link dev.torc.verticles.gossip.GossipVerticle} tells the gossiper what comes and when it is time
 * <li>{@code EffectsInOrder} does what the gossiper asks
 * <li>{@link dev.torc.verticles.gossip.StateFetch} another node's whole knowledge, over TCP
 * <li>{@link dev.torc.verticles.gossip.GossipLog} a line for each event
 * <li>{@link dev.torc.verticles.gossip.ClusterView} what this node knows of its cluster
 * <li>{@link dev.torc.verticles.gossip.Publication} puts that together
 * <li>{@link dev.torc.verticles.gossip.PolicyChange} what a client wants of a key prefix
 * <li>{@link dev.torc.verticles.gossip.SharedView} the current one, for every thread
 * </ul>
 */
package dev.torc.verticles.gossip;
