package dev.torc.verticles.gossip;

import dev.torc.cluster.membership.Gossiper;
import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.wire.GossipCodec;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.verticles.SystemClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gossip over UDP. Runs on a worker thread, because what the members agree on must be on disk before the next packet leaves; ticks too, or they would meet packets halfway. */
public final class GossipVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(GossipVerticle.class);
  private static final long TICK_MILLIS = 100;

  /**
   * @param persist keeps the members for the next start, synced; {@code persistPolicies} the policies that were set at run time
   * @param onRefused told why this node cannot become a member, if so; {@code onOutlived} the generation of a later life of it, if peers know of one
   */
  public record Surroundings(String bind, int port, int replicas, Supplier<Load> load, Consumer<List<Member>> persist,
      Consumer<PolicyTable> persistPolicies, Consumer<String> onRefused, Consumer<Long> onOutlived) {}

  private final Gossiper gossiper;
  private final SharedView shared;
  private final DatagramSocket socket;
  private final Surroundings around;
  private final Publication publication;
  private final EffectsInOrder doing;
  private long nextLoadMillis;

  /** @param socket of an event loop's, like the connections of {@code states}: the end of one that belongs to a worker would be told after the worker's own */
  public GossipVerticle(Gossiper gossiper, SharedView shared, DatagramSocket socket, StateFetch states,
      Surroundings around) {
    this.gossiper = gossiper;
    this.shared = shared;
    this.socket = socket;
    this.around = around;
    this.publication = new Publication(gossiper, shared, around.replicas());
    this.doing = new EffectsInOrder(gossiper, publication, socket, states, around);
  }

  @Override
  public Future<?> start() {
    shared.receive(context, this::onChange);
    doing.begin(context);
    socket.handler(packet -> context.runOnContext(nothing -> onPacket(packet)));
    return socket.listen(around.port(), around.bind()).onSuccess(listening -> context.runOnContext(nothing -> {
      onTick();
      vertx.setPeriodic(TICK_MILLIS, timer -> onTick());
    }));
  }

  @Override
  public Future<?> stop() {
    return socket.close();
  }

  private void onTick() {
    var now = SystemClock.now();
    if (now.steadyMillis() - nextLoadMillis >= 0) {
      nextLoadMillis = now.steadyMillis() + 2000;
      gossiper.onLoad(around.load().get());
    }
    doing.perform(gossiper.onTick(now));
    publication.onTick(now);
  }

  private void onPacket(DatagramPacket packet) {
    try {
      var message = GossipCodec.decode(packet.data().getBytes());
      doing.perform(gossiper.onGossip(message, packet.sender().host(), packet.sender().port(), SystemClock.now()));
    } catch (MalformedException garbage) {
      LOG.debug("ignored a datagram from {}: {}", packet.sender(), garbage.getMessage());
    }
  }

  private boolean onChange(PolicyChange change) {
    var effects = gossiper.onPolicy(change.prefix(), change.policy(), SystemClock.now());
    doing.perform(effects);
    return !effects.isEmpty();
  }
}
