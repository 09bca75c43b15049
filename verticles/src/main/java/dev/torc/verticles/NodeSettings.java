package dev.torc.verticles;

import dev.torc.cluster.membership.Address;
import dev.torc.cluster.membership.DetectionConfig;
import dev.torc.cluster.membership.GossipConfig;
import dev.torc.cluster.message.Member;
import dev.torc.engine.EngineConfig;
import dev.torc.engine.NodeIdentity;
import dev.torc.verticles.config.NodeConfig;
import dev.torc.verticles.loop.ByteBudget;
import dev.torc.verticles.loop.NodeMemory;
import dev.torc.verticles.loop.ValueSizes;
import java.util.List;

/** What the parts of a node want to be told, from what the node was told. */
final class NodeSettings {
  private static final int MAX_DATAGRAM_BYTES = 1400;
  private static final int MAX_QUEUED_STEPS = 65_536;

  private NodeSettings() {}

  static EngineConfig engine(NodeConfig config) {
    var engine = config.engine();
    return new EngineConfig(config.data(), engine.shards(), engine.blockCacheBytes(), engine.memtableBytes(),
        engine.hotRecordsBytes(), engine.fsync(),
        MAX_QUEUED_STEPS, engine.queueLimitBytes(), config.maxClockSkewMillis(), engine.lowSpaceBytes())
        .withRebuildEveryMillis(config.antiEntropy().rebuildEveryMillis())
        .withMaxAbsenceMillis(config.hint().maxAgeMillis());
  }

  /** @param hasData whether there are values whose size is not known */
  static NodeMemory memory(NodeConfig config, boolean hasData) {
    var client = config.client();
    var peer = config.peer();
    return new NodeMemory(new ByteBudget(client.inputLimitBytes()), new ByteBudget(client.replyLimitBytes()),
        new ByteBudget(peer.inputLimitBytes()), new ByteBudget(peer.queueLimitBytes()),
        new ValueSizes(hasData ? client.maxBulkBytes() : 0));
  }

  static GossipConfig gossip(NodeConfig config) {
    var gossip = config.gossip();
    var usual = DetectionConfig.DEFAULT;
    var detection = new DetectionConfig(gossip.suspectAt(), usual.probeMillis(), usual.helpers(),
        (int) gossip.downAfterMillis(), usual.monitors());
    return new GossipConfig(config.cluster().name(), (int) gossip.intervalMillis(), gossip.fanout(), MAX_DATAGRAM_BYTES,
        detection, config.cluster().expect(), (int) config.maxClockSkewMillis());
  }

  static List<Address> seeds(NodeConfig config) {
    return config.cluster().seeds().stream().map(seed -> new Address(seed.host(), seed.peerPort())).toList();
  }

  /** @param life drawn anew at each start */
  static Member self(NodeConfig config, NodeIdentity identity, long life) {
    return Member.founding(identity.id(), config.name(), identity.generation(),
        config.announceHost().orElse(config.bind()), config.client().port(),
        config.peer().port(), config.zone(), config.dataCenter(), config.weight()).inLife(life);
  }
}
