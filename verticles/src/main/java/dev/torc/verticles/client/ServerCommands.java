package dev.torc.verticles.client;

import dev.torc.cluster.ring.Slot;
import dev.torc.protocol.command.ServerCommand;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;

/** Commands about this node: its figures, its settings, its picture of the cluster. One per event loop. */
final class ServerCommands {
  private final InfoReport info;
  private final RuntimeSettings settings;
  private final ClusterReplies cluster;

  ServerCommands(NodeState node) {
    this.info = new InfoReport(node);
    this.settings = new RuntimeSettings(node);
    this.cluster = new ClusterReplies(node::view, node.config().cluster().announceReplicas());
  }

  /** @param localHost the address by which the asking client came */
  RespValue reply(ServerCommand command, String localHost) {
    return switch (command) {
      case ServerCommand.Info wanted -> info.reply(wanted.sections());
      case ServerCommand.Time time -> time();
      case ServerCommand.ConfigGet get -> settings.matching(get.patterns());
      case ServerCommand.ConfigSet set -> settings.change(set.settings());
      case ServerCommand.ConfigResetStat reset -> RespValue.OK;
      case ServerCommand.ConfigRewrite rewrite -> RespValue.error("ERR The server is running without a config file");
      case ServerCommand.ClusterInfo clusterInfo -> cluster.info();
      case ServerCommand.ClusterMyId id -> cluster.myId();
      case ServerCommand.ClusterMyShardId id -> cluster.myId();
      case ServerCommand.ClusterNodes nodes -> cluster.nodes(localHost);
      case ServerCommand.ClusterSlots slots -> cluster.slots(localHost);
      case ServerCommand.ClusterShards shards -> cluster.shards(localHost);
      case ServerCommand.ClusterLinks links -> cluster.links();
      case ServerCommand.ClusterReplicas replicas -> cluster.replicasOf(replicas.node().text());
      case ServerCommand.ClusterKeySlot slot -> RespValue.integer(Slot.of(slot.key()));
      case ServerCommand.SlowLogGet get -> RespValue.EMPTY_ARRAY;
      case ServerCommand.SlowLogLen length -> RespValue.ZERO;
      case ServerCommand.SlowLogReset reset -> RespValue.OK;
    };
  }

  private static RespValue time() {
    long millis = SystemClock.now().wallMillis();
    return RespValue.array(RespValue.bulk(Long.toString(millis / 1000)),
        RespValue.bulk(Long.toString(millis % 1000 * 1000)));
  }
}
