package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.List;

/** Commands about one node: its figures, its settings, its picture of the cluster. */
public sealed interface ServerCommand extends Command {
  @Override
  default Access access() {
    return Access.NONE;
  }

  /** @param sections in lower case; empty for the usual ones */
  record Info(List<String> sections) implements ServerCommand {}

  record Time() implements ServerCommand {}

  record ConfigGet(List<Glob> patterns) implements ServerCommand {}

  record ConfigSet(List<Setting> settings) implements ServerCommand {}

  /** @param key in lower case */
  record Setting(String key, Bytes value) {}

  record ConfigResetStat() implements ServerCommand {}

  record ConfigRewrite() implements ServerCommand {}

  record ClusterInfo() implements ServerCommand {}

  record ClusterMyId() implements ServerCommand {}

  record ClusterMyShardId() implements ServerCommand {}

  record ClusterNodes() implements ServerCommand {}

  record ClusterSlots() implements ServerCommand {}

  record ClusterShards() implements ServerCommand {}

  record ClusterLinks() implements ServerCommand {}

  record ClusterReplicas(Bytes node) implements ServerCommand {}

  record ClusterKeySlot(Bytes key) implements ServerCommand {}

  /** @param count -1 for all */
  record SlowLogGet(long count) implements ServerCommand {}

  record SlowLogLen() implements ServerCommand {}

  record SlowLogReset() implements ServerCommand {}
}
