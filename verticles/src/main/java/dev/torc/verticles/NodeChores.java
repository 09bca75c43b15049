package dev.torc.verticles;

import dev.torc.cluster.antientropy.AntiEntropy;
import dev.torc.cluster.antientropy.AntiEntropyConfig;
import dev.torc.cluster.hint.HintLimits;
import dev.torc.cluster.hint.HintedHandoff;
import dev.torc.cluster.upkeep.Chore;
import dev.torc.verticles.client.NodeState;
import java.util.List;

/** The background work of a node, wired: where one kind of it has to hear of another, they meet here. */
final class NodeChores {
  /** Of the disk, by default. */
  private static final int PART_FOR_HINTS = 10;
  private static final long ERRAND_MILLIS = 5_000;

  private NodeChores() {}

  static List<Chore> of(NodeState node) {
    var settings = node.config().antiEntropy();
    var config = new AntiEntropyConfig(settings.intervalMillis(), ERRAND_MILLIS, settings.maxBytesPerSecond());
    return List.of(new AntiEntropy(config, node.engine().trees(), node.rounds()::note),
        new HintedHandoff(hintLimits(node), node.hints()::onTally, owner -> {}));
  }

  private static HintLimits hintLimits(NodeState node) {
    var hint = node.config().hint();
    var figures = node.engine().figures();
    long tenth = (figures.usableDiskBytes() + figures.diskBytes()) / PART_FOR_HINTS;
    return new HintLimits(hint.maxAgeMillis(), hint.maxBytes() == 0 ? tenth : hint.maxBytes());
  }
}
