package dev.torc.verticles.client;

import dev.torc.engine.RocksEngine;
import dev.torc.verticles.config.NodeConfig;
import dev.torc.verticles.gossip.ClusterView;
import dev.torc.verticles.gossip.SharedView;
import dev.torc.verticles.loop.EventCounts;
import dev.torc.verticles.loop.NodeMemory;
import dev.torc.verticles.loop.ReplicaRounds;
import dev.torc.verticles.loop.PendingHints;
import dev.torc.verticles.loop.UpkeepFigures;

/**
 * What all event loops of a node share, and what its figures are made of.
 *
 * @param runId 40 hex digits, new in each life of the process
 */
public record NodeState(NodeConfig config, SharedView shared, RocksEngine engine, NodeMemory memory, Clients clients,
    CommandMeters meters, EventCounts events, ReplicaRounds rounds, PendingHints hints, UpkeepFigures upkeep,
    String runId,
    long startedAtMillis) {

  public ClusterView view() {
    return shared.current();
  }
}
