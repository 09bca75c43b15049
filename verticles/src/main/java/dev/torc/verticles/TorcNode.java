package dev.torc.verticles;

import dev.torc.cluster.membership.Gossiper;
import dev.torc.cluster.membership.HealthReport;
import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyLayers;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.policy.ReplicaCounts;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.upkeep.Chore;
import dev.torc.engine.EngineHost;
import dev.torc.engine.NodeIdentity;
import dev.torc.engine.RocksEngine;
import dev.torc.verticles.client.Clients;
import dev.torc.verticles.client.CommandMeters;
import dev.torc.verticles.client.NodeState;
import dev.torc.verticles.config.NodeConfig;
import dev.torc.verticles.gossip.ClusterView;
import dev.torc.verticles.gossip.GossipVerticle;
import dev.torc.verticles.gossip.SharedView;
import dev.torc.verticles.gossip.StateFetch;
import dev.torc.verticles.http.HttpVerticle;
import dev.torc.verticles.loop.EventCounts;
import dev.torc.verticles.loop.ReplicaRounds;
import dev.torc.verticles.loop.PendingHints;
import dev.torc.verticles.loop.UpkeepFigures;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: wires its parts, starts them in order, stops them in the other. */
public final class TorcNode {
  private static final Logger LOG = LoggerFactory.getLogger(TorcNode.class);
  private static final int BROKEN = 70;
  private static final long DOUBT_MILLIS = 500;

  private final Vertx vertx;
  private final NodeState state;
  private final Fate fate;
  private volatile boolean isStopping;

  /** What ends a node from without: each is told once at most, and the node is of no use any more then. */
  interface Fate {
    /** Peers know of a later life of the node than the one that its data directory is of. */
    void onOutlived(long generation);

    /** The cluster runs without it. */
    void onRefused(String reason);
  }

  /** What a life of the node before this one, in this process, was told at its end; nothing at the first. */
  record Told(OptionalLong laterLife, Optional<String> refusal) {
    static final Told NOTHING = new Told(OptionalLong.empty(), Optional.empty());

    static Told outlived(long generation) {
      return new Told(OptionalLong.of(generation), Optional.empty());
    }

    static Told refused(String reason) {
      return new Told(OptionalLong.empty(), Optional.of(reason));
    }
  }

  private TorcNode(Vertx vertx, NodeState state, Fate fate) {
    this.vertx = vertx;
    this.state = state;
    this.fate = fate;
  }

  /**
   * A node that takes connections; it serves once the cluster has formed. Fails with everything closed again, with a {@link StartException} if it was refused and is nobody whom the
   * others know.
   */
  static Future<TorcNode> start(NodeConfig config, Told told, Fate fate) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var vertx = VertxSetup.of(config, registry);
    // This promise belongs to no event loop: when a start fails, they have all ended before it is told.
    var started = Promise.<TorcNode>promise();
    var opening = vertx.executeBlocking(opening(config, registry, told));
    opening.compose(opened -> {
      var node = new TorcNode(vertx, opened.state, fate);
      return node.deploy(opened, registry).map(node);
    }).onSuccess(started::complete).onFailure(failure -> {
      var closing = opening.succeeded()
          ? new TorcNode(vertx, opening.result().state, fate).stop()
          : vertx.close();
      closing.onComplete(closed -> started.fail(failure));
    });
    return started.future();
  }

  /** Takes no more requests, ends what is open, and marks the data directory as cleanly left. */
  public Future<Void> stop() {
    isStopping = true;
    return vertx.close().transform(closed -> {
      state.engine().close();
      LOG.info("stopped");
      return Future.succeededFuture();
    });
  }

  private record Opened(NodeState state, Gossiper gossiper) {}

  private static Callable<Opened> opening(NodeConfig config, PrometheusMeterRegistry registry,
      Told told) {
    return () -> {
      var random = new SecureRandom();
      var inquiry = new Inquiry(config);
      var former = new FormerSelf(config, inquiry);
      told.refusal().ifPresentOrElse(former::comeBackRefused, former::comeBack);
      boolean isCertain = new OlderCopy(config, inquiry).setAside(told.laterLife());
      var host = EngineHost.ofThisMachine(SystemClock::now, random, TorcNode::onBroken);
      var engine = RocksEngine.open(NodeSettings.engine(config),
          host.with(saved -> ReplicaCounts.of(policies(config, saved.apply(PoliciesFile.NAME)).whole())));
      engine.doubt(!isCertain);
      try {
        var identity = NodeIdentity.ofDirectory(config.data(), random).raise(config.data());
        var self = NodeSettings.self(config, identity, random.nextLong());
        var persisted = engine.load(MembersFile.NAME).map(MembersFile::decode).orElse(List.of());
        var policies = policies(config, engine.load(PoliciesFile.NAME));
        var gossiper = new Gossiper(self, NodeSettings.seeds(config), persisted, policies, NodeSettings.gossip(config),
            random);
        var view = new ClusterView(self, List.of(self), Ring.empty(), List.of(self.id()), true, policies.whole(),
            HealthReport.NONE);
        var state = new NodeState(config, new SharedView(view), engine,
            NodeSettings.memory(config, engine.figures().estimatedRecords() > 0),
            new Clients(config.client().maxClients()),
            new CommandMeters(registry), new EventCounts(), new ReplicaRounds(), new PendingHints(),
            new UpkeepFigures(),
            runId(random), SystemClock.now().wallMillis());
        LOG.info("node {} is {}, generation {}, data in {}", config.name(), identity.id(), identity.generation(),
            config.data().toAbsolutePath());
        return new Opened(state, gossiper);
      } catch (RuntimeException failed) {
        engine.close();
        throw failed;
      }
    };
  }

  private static PolicyLayers policies(NodeConfig config, Optional<byte[]> saved) {
    return new PolicyLayers(PolicyTable.configured(config.cluster().policies()),
        saved.map(PoliciesFile::decode).orElse(PolicyTable.EMPTY));
  }

  private Future<?> deploy(Opened opened, PrometheusMeterRegistry registry) {
    var config = state.config();
    var metrics = new NodeMetrics(registry);
    metrics.watch(state);
    var loopFigures = new LoopFigures();
    metrics.watch(loopFigures);
    var gossip = new GossipVerticle(opened.gossiper, state.shared(), vertx.createDatagramSocket(),
        new StateFetch(vertx, config.cluster().name(), config.peer().source()),
        new GossipVerticle.Surroundings(config.bind(), config.peer().port(),
            config.cluster().replicas(), this::load, this::persist, this::persistPolicies,
            fate::onRefused, fate::onOutlived));
    var loops = new DeploymentOptions().setInstances(config.loops().eventLoops());
    var chores = new ArrayDeque<List<Chore>>(List.of(NodeChores.of(state)));
    return vertx.deployVerticle(() -> loop(chores.isEmpty() ? List.of() : chores.poll(), loopFigures), loops)
        .compose(
            deployed -> vertx.deployVerticle(gossip, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)))
        .compose(deployed -> vertx.deployVerticle(new HttpVerticle(state, () -> {
          metrics.refresh(state.view(), state.rounds());
          return registry.scrape();
        })))
        .onSuccess(deployed -> settleDoubt())
        .onSuccess(deployed -> LOG.info("clients on {}:{}, peers on {}, http on {}", config.bind(),
            config.client().port(), config.peer().port(),
            config.httpPort()));
  }

  /** Until somebody has said that the database is the latest, or that it is not, which gossip hears too. */
  private void settleDoubt() {
    if (!state.engine().isInDoubt()) {
      return;
    }
    var copy = new OlderCopy(state.config(), new Inquiry(state.config()));
    vertx.executeBlocking(() -> copy.isConfirmed(state.view().self())).onComplete(asked -> {
      if (asked.succeeded() && asked.result()) {
        state.engine().doubt(false);
        LOG.info("another member has said that this directory is the latest of this node");
      } else if (!isStopping) {
        vertx.setTimer(DOUBT_MILLIS, timer -> settleDoubt());
      }
    });
  }

  private LoopVerticle loop(List<Chore> chores, LoopFigures figures) {
    return new LoopVerticle(state, chores, state.events()::count, figures.register());
  }

  private Load load() {
    return new Load(state.engine().liveKeys().orElse(0), state.engine().figures().diskBytes(), state.startedAtMillis());
  }

  private void persist(List<Member> members) {
    state.engine().save(MembersFile.NAME, MembersFile.encode(members));
  }

  private void persistPolicies(PolicyTable policies) {
    state.engine().save(PoliciesFile.NAME, PoliciesFile.encode(policies));
  }

  /** A node that stops is a case that the cluster handles; one that guesses is not. */
  private static void onBroken(Throwable cause) {
    LOG.error("stopping: something that must hold does not", cause);
    exit(BROKEN);
  }

  /** On a thread of its own, because stopping waits for the threads that may have called this. */
  static void exit(int code) {
    Thread.ofPlatform().name("torc-exit").start(() -> System.exit(code));
  }

  private static String runId(SecureRandom random) {
    var bytes = new byte[20];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
