package dev.torc.verticles;

import dev.torc.cluster.antientropy.PairRound;
import dev.torc.cluster.effect.Effect;
import dev.torc.engine.EngineFigures;
import dev.torc.verticles.client.NodeState;
import dev.torc.verticles.gossip.ClusterView;
import dev.torc.verticles.loop.EventCounts;
import dev.torc.verticles.loop.ReplicaRounds;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What {@code /metrics} says beside the commands: clients, peers, queues, and the engine's figures. */
final class NodeMetrics {
  private final MeterRegistry registry;
  private final MultiGauge phi;
  private final MultiGauge suspected;
  private final MultiGauge divergent;
  private final MultiGauge lastRound;

  NodeMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.phi = MultiGauge.builder("torc.peer.phi").description("how unlikely a peer's silence is, as a power of ten")
        .register(registry);
    this.suspected = MultiGauge.builder("torc.peer.suspected")
        .description("1 for each vote that a peer is dead, and 1 where this node does not reach it").register(registry);
    this.divergent = MultiGauge.builder("torc.divergent.keys")
        .description("keys that differed in the last comparison that was seen through").register(registry);
    this.lastRound = MultiGauge.builder("torc.antientropy.last.round.seconds").description("since that ended")
        .register(registry);
  }

  /** Peers come and go: their rows are made anew. */
  void refresh(ClusterView view, ReplicaRounds rounds) {
    var phis = new ArrayList<MultiGauge.Row<?>>();
    var votes = new ArrayList<MultiGauge.Row<?>>();
    for (var health : view.health().peers()) {
      var peer = Tag.of("peer", view.name(health.peer()));
      phis.add(MultiGauge.Row.of(Tags.of(peer), health.phi()));
      for (var observer : health.suspectedBy()) {
        votes.add(MultiGauge.Row.of(Tags.of(peer, Tag.of("by", view.name(observer))), 1));
      }
    }
    phi.register(phis, true);
    suspected.register(votes, true);
    divergent.register(rounds.peers().stream().map(
        peer -> MultiGauge.Row.of(Tags.of("peer", view.name(peer)),
            rounds.last(peer).map(PairRound::divergent).orElse(0L)))
        .toList(), true);
    lastRound.register(rounds.peers().stream()
        .map(peer -> MultiGauge.Row.of(Tags.of("peer", view.name(peer)), rounds.secondsSince(peer))).toList(), true);
  }

  void watch(NodeState node) {
    for (var event : Effect.Event.values()) {
      FunctionCounter.builder("torc.coordination.events", node, state -> state.events().of(event))
          .tag("event", EventCounts.name(event)).description("what happened beside plain reads and writes")
          .register(registry);
    }
    watchRounds(node);
    watchHints(node);
    gauge("torc.clients.open", "connections of clients", node, state -> state.clients().open());
    counter("torc.clients.accepted", "connections taken", node, state -> state.clients().accepted());
    counter("torc.clients.rejected", "connections over the limit", node, state -> state.clients().rejected());
    gauge("torc.clients.sessions", "connections with an open session", node, state -> state.clients().sessions());
    gauge("torc.ring.nodes", "nodes in the ring", node, state -> state.view().ring().members().size());
    gauge("torc.ring.alive", "nodes of the ring heard of lately", node, state -> state.view().alive().size());
    gauge("torc.ready", "1 when this node serves", node, state -> state.view().isFormed() ? 1 : 0);
    gauge("torc.keys", "keys with a value held here, replicas included; -1 while they are counted", node,
        state -> state.engine().liveKeys().orElse(-1));
    watchRecovery(node);
    gauge("torc.disk.writable", "1 while the disk takes writes", node,
        state -> state.engine().refusal().isEmpty() ? 1 : 0);
    figure("torc.disk.used.bytes", "files of the database", node, EngineFigures::diskBytes);
    figure("torc.disk.usable.bytes", "left on the disk", node, EngineFigures::usableDiskBytes);
    figure("torc.storage.queued.steps", "steps that wait for storage", node, EngineFigures::queuedSteps);
    figure("torc.rocksdb.memtable.bytes", "RocksDB's memtables", node, EngineFigures::memtableBytes);
    figure("torc.rocksdb.block.cache.bytes", "RocksDB's block cache in use", node, EngineFigures::blockCacheBytes);
    figure("torc.rocksdb.pending.compaction.bytes", "estimated bytes to compact", node,
        EngineFigures::pendingCompactionBytes);
    figure("torc.rocksdb.running.compactions", "compactions going on", node, EngineFigures::runningCompactions);
    figure("torc.rocksdb.running.flushes", "flushes going on", node, EngineFigures::runningFlushes);
    figure("torc.rocksdb.records", "records, estimated, tombstones included", node, EngineFigures::estimatedRecords);
    engineCounter("torc.storage.batches", "batches committed", node, EngineFigures::batches);
    engineCounter("torc.storage.steps", "steps performed", node, EngineFigures::steps);
    engineCounter("torc.storage.hot.hits", "records found decoded in memory", node, EngineFigures::hotHits);
    engineCounter("torc.storage.hot.misses", "records that RocksDB was asked for", node, EngineFigures::hotMisses);
    engineCounter("torc.storage.expired", "values reclaimed after they expired", node, EngineFigures::expiredValues);
    engineCounter("torc.storage.failed.reads", "records that could not be read", node, EngineFigures::failedReads);
  }

  private void watchRecovery(NodeState node) {
    gauge("torc.catchup.slots.pending", "slots of this node that do not count in read quorums yet", node,
        state -> state.upkeep().catchUp().pending());
    gauge("torc.catchup.slots", "slots of this node, while some do not count; 0 when all do", node,
        state -> state.upkeep().catchUp().slots());
    gauge("torc.catchup.started.seconds", "when catching up began, in seconds since 1970; 0 when all is whole", node,
        state -> state.upkeep().catchUp().sinceMillis() / 1_000);
    gauge("torc.catchup.waiting", "1 while too few of the other replicas can be reached to go on", node,
        state -> state.upkeep().catchUp().isWaiting() ? 1 : 0);
    counter("torc.catchup.records", "records looked at while catching up", node,
        state -> state.upkeep().catchUp().records());
    engineCounter("torc.damage.found", "reads that met a block or a value that is not what was written", node,
        EngineFigures::damageFound);
    figure("torc.salvage.slots.pending", "slots of which a damaged database is still to be asked", node,
        EngineFigures::slotsToSalvage);
  }

  private void watchRounds(NodeState node) {
    counter("torc.antientropy.repaired", "keys of which comparing replicas merged a record, here or there", node,
        state -> state.rounds().repaired());
    counter("torc.antientropy.bytes", "what comparing and repairing replicas moved both ways, about", node,
        state -> state.rounds().bytes());
    gauge("torc.trees.complete", "1 unless the hashes of all records are being built anew", node,
        state -> state.engine().trees().isComplete() ? 1 : 0);
  }

  private void watchHints(NodeState node) {
    counter("torc.hints.replayed", "hints that their owner has got", node,
        state -> state.events().of(Effect.Event.HINT_REPLAYED));
    counter("torc.hints.handed.over", "hints that were too old or too many and went to another replica", node,
        state -> state.events().of(Effect.Event.HINT_HANDED_OVER));
    counter("torc.hints.dropped", "hints that were too many and that no replica could take", node,
        state -> state.events().of(Effect.Event.HINT_DROPPED));
    gauge("torc.hints.bytes", "what hints take on the disk", node, state -> state.hints().tally().bytes());
    var pending = MultiGauge.builder("torc.hints.pending").description("records held for a replica").register(registry);
    node.hints().follow(tally -> pending.register(tally.owners().stream()
        .map(owed -> MultiGauge.Row.of(Tags.of("owner", node.view().name(owed.owner())), owed.hints())).toList(),
        true));
  }

  void watch(LoopFigures loops) {
    loopGauge("torc.operations.open", "requests that are not answered yet", loops, LoopFigures.Figures::openOperations);
    loopGauge("torc.peers.links", "connections to peers that stand, over all event loops", loops,
        LoopFigures.Figures::readyLinks);
    loopGauge("torc.peers.queued.bytes", "what waits to leave to peers", loops, LoopFigures.Figures::peerQueueBytes);
  }

  private void loopGauge(String name, String description, LoopFigures loops,
      ToLongFunction<LoopFigures.Figures> figure) {
    Gauge.builder(name, loops, all -> all.sum(figure)).description(description).strongReference(true)
        .register(registry);
  }

  private void figure(String name, String description, NodeState node, ToDoubleFunction<EngineFigures> figure) {
    gauge(name, description, node, state -> figure.applyAsDouble(state.engine().figures()));
  }

  private void engineCounter(String name, String description, NodeState node, ToDoubleFunction<EngineFigures> figure) {
    counter(name, description, node, state -> figure.applyAsDouble(state.engine().figures()));
  }

  private void gauge(String name, String description, NodeState node, ToDoubleFunction<NodeState> value) {
    Gauge.builder(name, node, value).description(description).strongReference(true).register(registry);
  }

  private void counter(String name, String description, NodeState node, ToDoubleFunction<NodeState> value) {
    FunctionCounter.builder(name, node, value).description(description).register(registry);
  }
}
