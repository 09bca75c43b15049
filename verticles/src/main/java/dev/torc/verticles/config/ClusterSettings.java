package dev.torc.verticles.config;

import dev.torc.cluster.policy.Policy;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.SortedMap;

/**
 * The cluster that a node belongs to.
 *
 * @param name nodes of another one are ignored
 * @param seeds to ask for the ring at start
 * @param expect how many nodes found the cluster
 * @param replicas N
 * @param readLevel what a read waits for
 * @param writeLevel what a write waits for
 * @param crossSlot whether one command may name keys of several slots
 * @param announceReplicas whether the slot map names replicas beside the primary
 * @param policies what key prefixes ask for, until a client says otherwise
 */
public record ClusterSettings(String name, List<Seed> seeds, int expect, int replicas, Level readLevel,
    Level writeLevel, boolean crossSlot, boolean announceReplicas, SortedMap<Bytes, Policy> policies) {

  public ClusterSettings {
    Allowed.word("torc.cluster.name", name);
    seeds = List.copyOf(seeds);
    Allowed.count("torc.cluster.expect", expect, 1, 1_000);
    Allowed.count("torc.cluster.replicas", replicas, 1, 16);
    Allowed.count("torc.cluster.read-level", readLevel.required(replicas), 1, replicas);
    Allowed.count("torc.cluster.write-level", writeLevel.required(replicas), 1, replicas);
    PolicySettings.check(policies, replicas, readLevel, writeLevel);
  }

  static ClusterSettings from(Settings settings) {
    int replicas = settings.count("torc.cluster.replicas");
    Allowed.count("torc.cluster.replicas", replicas, 1, 16);
    return new ClusterSettings(settings.text("torc.cluster.name"),
        settings.texts("torc.cluster.seeds").stream().map(Seed::parse).toList(), settings.count("torc.cluster.expect"),
        replicas, level(settings, "torc.cluster.read-level", replicas),
        level(settings, "torc.cluster.write-level", replicas), settings.flag("torc.cluster.cross-slot"),
        settings.flag("torc.cluster.announce-replicas"), PolicySettings.from(settings));
  }

  private static Level level(Settings settings, String key, int replicas) {
    try {
      var level = Level.parse(settings.text(key));
      if (level.required(replicas) <= replicas) {
        return level;
      }
    } catch (IllegalArgumentException unknown) {
      // Said below, with what the number of replicas allows.
    }
    throw new ConfigException(key, settings.text(key),
        "one, quorum, all, sloppy, or 1 to " + replicas + " (torc.cluster.replicas)");
  }
}
