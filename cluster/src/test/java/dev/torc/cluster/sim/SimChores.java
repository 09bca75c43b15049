package dev.torc.cluster.sim;

import dev.torc.cluster.antientropy.AntiEntropy;
import dev.torc.cluster.hint.HintLimits;
import dev.torc.cluster.hint.HintedHandoff;
import dev.torc.cluster.reaping.Reaper;
import dev.torc.cluster.recovery.CatchUp;
import dev.torc.cluster.recovery.CatchUpConfig;
import dev.torc.cluster.upkeep.Chore;
import java.util.List;

/** What a node does beside its requests, at the pace of the simulation. */
final class SimChores {
  /** In so many worlds one has room for few hints. */
  private static final int FEW_HINTS_EVERY = 4;

  private SimChores() {}

  /** @param ceiling below which the node's clock has never been */
  static List<Chore> of(SimCluster cluster, SimDisk disk, long ceiling) {
    var catchUp = new CatchUpConfig(4, 300, SimConfig.COORDINATOR.timeoutMillis(),
        SimConfig.COORDINATOR.timeoutMillis(), SimConfig.SKEW_MILLIS, 1 << 20);
    return List.of(new AntiEntropy(SimConfig.ANTI_ENTROPY, disk.store().trees(), round -> {}),
        new HintedHandoff(limits(cluster), key -> 0, tally -> {}),
        new CatchUp(catchUp, disk.store(), () -> List.of(0), ceiling, state -> {}),
        new Reaper(cluster.mutant().reaping(cluster.config().reaping()), key -> 0));
  }

  private static HintLimits limits(SimCluster cluster) {
    boolean few = cluster.kernel().stream("hints", 0).nextInt(FEW_HINTS_EVERY) == 0;
    return few ? SimConfig.FEW_HINTS : SimConfig.MANY_HINTS;
  }
}
