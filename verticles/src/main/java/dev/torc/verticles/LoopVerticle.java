package dev.torc.verticles;

import dev.torc.cluster.coordination.Coordinator;
import dev.torc.cluster.coordination.CoordinatorConfig;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.policy.ReplicaCounts;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.SiblingLimits;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.upkeep.Chore;
import dev.torc.cluster.upkeep.Upkeep;
import dev.torc.cluster.wire.PeerHello;
import dev.torc.verticles.client.ClientLoop;
import dev.torc.verticles.client.NodeState;
import dev.torc.verticles.gossip.ClusterView;
import dev.torc.verticles.loop.CoordinatorShell;
import dev.torc.verticles.loop.LoopMachines;
import dev.torc.verticles.loop.LoopTurn;
import dev.torc.verticles.loop.UpkeepShell;
import dev.torc.verticles.peer.PeerLinks;
import dev.torc.verticles.peer.PeerServer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;

/** One event loop of the node: its clients, its links to the peers, and its coordinator. Nothing that belongs to a request ever leaves it. */
final class LoopVerticle extends VerticleBase {
  private static final long TICK_MILLIS = 10;
  private static final long IDLE_CHECK_MILLIS = 1000;
  private static final int VERSION_ONLY_ABOVE_BYTES = 8 * 1024;

  private final NodeState node;
  private final Consumer<Effect.Event> announce;
  private final LoopFigures.Place figures;
  private final List<Chore> chores;
  private CoordinatorShell shell;
  private LoopMachines machines;
  private PeerLinks links;
  private PeerServer peerServer;
  private ClientLoop clients;
  private Ring ring = Ring.empty();
  private PolicyTable policies = PolicyTable.EMPTY;

  /** @param chores the node's background work, at one of its loops; none at the others */
  LoopVerticle(NodeState node, List<Chore> chores, Consumer<Effect.Event> announce, LoopFigures.Place figures) {
    this.node = node;
    this.chores = chores;
    this.announce = announce;
    this.figures = figures;
  }

  @Override
  public Future<?> start() {
    var config = node.config();
    var turn = new LoopTurn(context);
    var clock = new HybridClock(node.engine().clockFloor(), config.maxClockSkewMillis());
    var sizes = node.memory().sizes();
    var stores = node.engine().shards();
    shell = new CoordinatorShell(coordinator(clock), stores, context, turn, sizes, announce);
    var upkeep = new Upkeep(node.view().self().id(), clock, new SecureRandom(), chores);
    machines = new LoopMachines(shell, new UpkeepShell(upkeep, shell, stores, context, turn, sizes, announce));
    var hello = new PeerHello(config.cluster().name(), node.view().self().id());
    links = new PeerLinks(vertx, hello, config.peer(), node.memory(), machines, turn);
    machines.connect(links);
    peerServer = new PeerServer(vertx, hello, config.peer(), node.memory(), machines, turn, links);
    clients = ClientLoop.of(vertx, node, shell);
    vertx.setPeriodic(TICK_MILLIS, timer -> machines.onTick());
    vertx.setPeriodic(IDLE_CHECK_MILLIS, timer -> onSecond());
    return peerServer.listen(config.peer().port(), config.bind())
        .compose(listening -> clients.listen(config.client().port(), config.bind()))
        .onSuccess(listening -> node.shared().follow(context, this::onView));
  }

  @Override
  public Future<?> stop() {
    return clients.close().eventually(peerServer::close).onComplete(closed -> links.close());
  }

  private Coordinator coordinator(HybridClock clock) {
    var config = node.config();
    var limits = new CoordinatorConfig(config.request().timeoutMillis(),
        Math.max(1, config.request().speculateAfterMillis()),
        VERSION_ONLY_ABOVE_BYTES,
        config.request().maxInFlight(), config.maxClockSkewMillis(),
        new SiblingLimits(config.siblings().warn(), config.siblings().max(), config.siblings().maxBytes()),
        config.hint().afterMillis());
    return new Coordinator(node.view().self().id(), limits, clock, Ring.empty(), new SecureRandom());
  }

  private void onSecond() {
    clients.onTick();
    if (!ring.isEmpty() && 2 * links.live() >= ring.members().size() - 1) {
      node.engine().onContact();
    }
    figures.set(new LoopFigures.Figures(shell.open(), links.ready(), links.waitingBytes()));
  }

  private void onView(ClusterView view) {
    if (view.ring() != ring) {
      ring = view.ring();
      machines.onRing(ring);
      node.rounds().onRing(ring);
    }
    if (view.policies() != policies) {
      policies = view.policies();
      node.engine().onReplicaCounts(ReplicaCounts.of(policies));
    }
    shell.onClock(view.trustsClock());
    links.onView(view);
  }
}
