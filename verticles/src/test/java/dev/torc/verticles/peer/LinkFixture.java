package dev.torc.verticles.peer;

import dev.torc.cluster.coordination.Coordinator;
import dev.torc.cluster.coordination.CoordinatorConfig;
import dev.torc.cluster.membership.HealthReport;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.wire.PeerHello;
import dev.torc.verticles.OneNode;
import dev.torc.verticles.config.PeerSettings;
import dev.torc.verticles.gossip.ClusterView;
import dev.torc.verticles.loop.ByteBudget;
import dev.torc.verticles.loop.CoordinatorShell;
import dev.torc.verticles.loop.LoopTurn;
import dev.torc.verticles.loop.NodeMemory;
import dev.torc.verticles.loop.ValueSizes;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An event loop with a coordinator that holds nothing itself: all keys belong to one peer, which the test plays. */
final class LinkFixture implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;
  private static final NodeId SELF = new NodeId(1);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final CoordinatorShell shell;
  private final ClusterView view;
  private PeerLinks links;

  LinkFixture(int peerPort, long timeoutMillis) {
    this(peerPort, timeoutMillis, 20);
  }

  /** @param pauseMillis before a lost connection is tried again, at most */
  LinkFixture(int peerPort, long timeoutMillis, long pauseMillis) {
    var limits = new CoordinatorConfig(timeoutMillis, timeoutMillis, 8192, 100, 5_000);
    var ring = Ring.of(List.of(new RingMember(RawPeer.ID, 0, 1, "z", "d")), 1);
    var coordinator = new Coordinator(SELF, limits, new HybridClock(0, 5_000), ring, new SplittableRandom(1));
    var memory = new NodeMemory(new ByteBudget(0), new ByteBudget(0), new ByteBudget(8 << 20), new ByteBudget(8 << 20),
        new ValueSizes(0));
    var turn = new LoopTurn(context);
    shell = new CoordinatorShell(coordinator, List.of(), context, turn, memory.sizes(), event -> {});
    var self = Member.founding(SELF, "self", 1, "127.0.0.1", 1, 2, "z", "d", 1);
    var peer = Member.founding(RawPeer.ID, "peer", 1, "127.0.0.1", 1, peerPort, "z", "d", 1);
    view = new ClusterView(self, List.of(self, peer), ring, List.of(SELF, RawPeer.ID), true, PolicyTable.EMPTY,
        HealthReport.NONE);
    var settings = new PeerSettings(2, Optional.empty(), 1 << 20, RawPeer.CHUNK, 64 << 20, 8 << 20,
        Math.max(10, pauseMillis / 2),
        pauseMillis);
    onLoop(() -> {
      links = new PeerLinks(vertx, new PeerHello("torc", SELF), settings, memory, shell, turn);
      shell.connect(links);
      vertx.setPeriodic(5, timer -> shell.onTick());
      links.onView(view);
      return null;
    });
  }

  /** Gossip does not hear the peer any more, and then it does again. */
  void loseAndHearPeer() {
    onLoop(() -> {
      links.onView(new ClusterView(view.self(), view.members(), view.ring(), List.of(SELF), true, view.policies(),
          HealthReport.NONE));
      links.onView(view);
      return null;
    });
  }

  /** The outcomes of requests that start in one turn of the loop. */
  List<CompletableFuture<Outcome>> requestAll(Request... requests) {
    return onLoop(() -> java.util.Arrays.stream(requests).map(request -> {
      var outcome = new CompletableFuture<Outcome>();
      shell.request(request, outcome::complete);
      return outcome;
    }).toList());
  }

  /** The outcomes of one command's requests. */
  List<CompletableFuture<Outcome>> command(List<Request> requests) {
    var outcomes = requests.stream().map(request -> new CompletableFuture<Outcome>()).toList();
    onLoop(() -> {
      shell.requestAll(requests, (outcome, place) -> outcomes.get(place).complete(outcome));
      return null;
    });
    return outcomes;
  }

  CompletableFuture<Outcome> request(Request request) {
    return requestAll(request).getFirst();
  }

  /** Asks the loop again and again: each answer is a turn. */
  void awaitReady(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (ready() != count) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("links ready: " + ready() + ", not " + count);
      }
    }
  }

  int ready() {
    return onLoop(() -> links.ready());
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private <T> T onLoop(Supplier<T> task) {
    var done = new CompletableFuture<T>();
    context.runOnContext(nothing -> {
      try {
        done.complete(task.get());
      } catch (RuntimeException failed) {
        done.completeExceptionally(failed);
      }
    });
    return await(done);
  }

  @Override
  public void close() {
    onLoop(() -> {
      links.close();
      return null;
    });
    OneNode.await(vertx.close());
  }
}
