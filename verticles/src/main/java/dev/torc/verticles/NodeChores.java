package dev.torc.verticles;

import dev.torc.cluster.antientropy.AntiEntropy;
import dev.torc.cluster.antientropy.AntiEntropyConfig;
import dev.torc.cluster.upkeep.Chore;
import dev.torc.verticles.client.NodeState;
import java.util.List;

/** The background work of a node, wired: where one kind of it has to hear of another, they meet here. */
final class NodeChores {
  private NodeChores() {}

  static List<Chore> of(NodeState node) {
    var settings = node.config().antiEntropy();
    var config = new AntiEntropyConfig(settings.intervalMillis(), settings.maxBytesPerSecond());
    return List.of(new AntiEntropy(config, node.engine().trees(), node.rounds()::note));
  }
}
