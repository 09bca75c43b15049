package dev.torc.verticles;

import dev.torc.cluster.antientropy.AntiEntropy;
import dev.torc.cluster.antientropy.AntiEntropyConfig;
import dev.torc.cluster.hint.HintLimits;
import dev.torc.cluster.hint.HintedHandoff;
import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.reaping.Reaper;
import dev.torc.cluster.reaping.ReapingConfig;
import dev.torc.cluster.recovery.CatchUp;
import dev.torc.cluster.recovery.CatchUpConfig;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.upkeep.Chore;
import dev.torc.verticles.config.HintSettings;
import dev.torc.verticles.client.NodeState;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** The background work of a node, wired: where one kind of it has to hear of another, they meet here. */
final class NodeChores {
  /** Of the disk, by default. */
  private static final int PART_FOR_HINTS = 10;
  private static final long ERRAND_MILLIS = 5_000;
  private static final int REAPED_AT_ONCE = 64;

  private NodeChores() {}

  static List<Chore> of(NodeState node) {
    var settings = node.config().antiEntropy();
    var config = new AntiEntropyConfig(settings.intervalMillis(), ERRAND_MILLIS, settings.maxBytesPerSecond());
    return List.of(new AntiEntropy(config, node.engine().trees(), node.rounds()::note),
        new HintedHandoff(hintLimits(node), replicasOf(node), node.hints()::onTally), catchUp(node), reaper(node));
  }

  private static HintLimits hintLimits(NodeState node) {
    var hint = node.config().hint();
    var figures = node.engine().figures();
    long tenth = (figures.usableDiskBytes() + figures.diskBytes()) / PART_FOR_HINTS;
    return new HintLimits(hint.maxAgeMillis(), hint.maxBytes() == HintSettings.AUTO ? tenth : hint.maxBytes());
  }

  private static Reaper reaper(NodeState node) {
    var reaping = node.config().reaping();
    // Who has the old value at hand may send it until his time is up, and each message has as long again.
    long lateMillis = 2 * Math.max(ERRAND_MILLIS, node.config().request().maxTimeoutMillis())
        + 2 * node.config().maxClockSkewMillis();
    var config = new ReapingConfig(reaping.graceMillis(), lateMillis, reaping.intervalMillis(),
        node.config().request().timeoutMillis(), REAPED_AT_ONCE);
    return new Reaper(config, replicasOf(node));
  }

  private static ToIntFunction<Key> replicasOf(NodeState node) {
    return key -> node.view().policies().resolve(key.bytes()).replicas().orElse(0);
  }

  private static CatchUp catchUp(NodeState node) {
    var engine = node.engine();
    var config = CatchUpConfig.of(node.config().request().maxTimeoutMillis(), node.config().maxClockSkewMillis(),
        node.config().antiEntropy().maxBytesPerSecond());
    return new CatchUp(config, engine.slots(), () -> replicas(node), engine.clockFloor(),
        new CatchUpReport(node.upkeep()));
  }

  /** Numbers of replicas that keys may have: the cluster's own, and those that policies ask for. */
  private static List<Integer> replicas(NodeState node) {
    return IntStream.concat(IntStream.of(0),
        node.view().policies().said().stream().flatMapToInt(entry -> entry.policy().flatMap(NodeChores::replicas)
            .stream().mapToInt(Integer::intValue)))
        .distinct().sorted().boxed().toList();
  }

  private static Optional<Integer> replicas(Policy policy) {
    return policy.replicas().isPresent() ? Optional.of(policy.replicas().getAsInt()) : Optional.empty();
  }
}
