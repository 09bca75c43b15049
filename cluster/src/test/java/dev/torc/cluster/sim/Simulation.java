package dev.torc.cluster.sim;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Context;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One run of one seed: a rough time, then a quiet end, then the verdict. */
final class Simulation {
  /** Seeds that failed once, one a line, with lines that say why. */
  static final String ONCE_FAILED = "/sim/once-failed-seeds.txt";
  private static final long TICK_MILLIS = 20;
  /** In so many worlds once replicas are compared also while all goes wrong. */
  private static final long COMPARES_EVERY = 3;

  /** @param broken what did not hold, with the first case of each; empty: all is well */
  record Result(long seed, Map<Invariant, String> broken, List<String> trace, long requests, long succeeded,
      long strong, long strongSucceeded, long events, Map<Effect.Event, Integer> announced) {

    String message() {
      return "seed " + seed + ": " + broken
          + "\nto see how it came to that: mvn -o -pl protocol,cluster test -Dtest=SimulationTest -Dsim.seed=" + seed
          + " -Dsurefire.failIfNoSpecifiedTests=false"
          + "\nto have it run for ever, add to cluster/src/test/resources" + ONCE_FAILED
          + " what was wrong, and the seed:"
          + "\n# " + String.join(", ", broken.keySet().stream().map(Invariant::toString).toList()) + " because ...\n"
          + seed;
    }
  }

  private Simulation() {}

  static Result run(long seed) {
    return run(seed, Mutant.NONE, false);
  }

  static Result run(long seed, Mutant mutant, boolean tracing) {
    var kernel = new SimKernel(seed, tracing);
    var cluster = new SimCluster(kernel, SimConfig.of(seed), mutant);
    kernel.trace(() -> cluster.config().toString());
    if (seed % COMPARES_EVERY == 0) {
      cluster.compare();
    }
    cluster.nodes().forEach(SimNode::start);
    cluster.links().look(1);
    keepTime(cluster);
    var scans = new ScanWorkload(cluster);
    var shared = new TreeMap<Key, Context>();
    Workload workload = null;
    for (int i = 0; i < cluster.config().clients(); i++) {
      workload = new Workload(cluster, scans, shared);
      workload.go();
    }
    var strong = new StrongWorkload(cluster, workload.keys());
    for (int i = 0; i < cluster.config().clients(); i++) {
      strong.go();
    }
    new SessionWorkload(cluster, workload.keys()).go();
    var joint = new JointWorkload(cluster);
    joint.go();
    new StormWorkload(cluster, workload.keys()).go();
    new Nemesis(cluster).go();
    kernel.runUntil(SimConfig.ACTIVE_MILLIS);
    var others = Stream.of(StrongWorkload.KEYS, JointWorkload.KEYS, scans.keys()).flatMap(List::stream).toList();
    new QuietEnd(cluster, workload.keys(), others, scans.ranges()).run();
    strong.checkHistories();
    joint.check();
    return new Result(seed, cluster.violations().found(), kernel.trace(), cluster.clients().requests(),
        cluster.clients().succeeded(), cluster.clients().strong(), cluster.clients().strongSucceeded(),
        kernel.happened(), cluster.counts());
  }

  static void keepTime(SimCluster cluster) {
    tick(cluster);
    var kernel = cluster.kernel();
    switch (cluster.config().sync()) {
      case ALWAYS -> kernel.every(700, () -> syncAll(cluster, cluster.mutant().answersBeforeSync()));
      case EVERYSEC -> kernel.every(1_000, () -> syncAll(cluster, true));
      case NO -> kernel.every(6_000, () -> syncAll(cluster, true));
    }
  }

  /** Time goes on, but nothing is synced by it. */
  static void tick(SimCluster cluster) {
    var kernel = cluster.kernel();
    kernel.every(TICK_MILLIS, () -> cluster.nodes().forEach(SimNode::tick));
    kernel.every(200, () -> cluster.links().look(0.6));
    kernel.every(1_000, () -> cluster.nodes().forEach(SimNode::keepHouse));
  }

  private static void syncAll(SimCluster cluster, boolean wanted) {
    if (wanted) {
      cluster.nodes().stream().filter(SimNode::isUp).forEach(node -> node.disk().sync());
    }
  }
}
