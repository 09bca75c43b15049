package dev.torc.verticles.gossip;

import dev.torc.cluster.membership.GossipEffect;
import dev.torc.cluster.membership.Gossiper;
import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.wire.GossipCodec;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.verticles.SystemClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
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
  private final GossipLog log;
  private final Publication publication;
  private final StateFetch states;
  private long nextLoadMillis;

  /** @param socket of an event loop's, like the connections of {@code states}: the end of one that belongs to a worker would be told after the worker's own */
  public GossipVerticle(Gossiper gossiper, SharedView shared, DatagramSocket socket, StateFetch states,
      Surroundings around) {
    this.gossiper = gossiper;
    this.shared = shared;
    this.socket = socket;
    this.states = states;
    this.around = around;
    this.log = new GossipLog(gossiper::members);
    this.publication = new Publication(gossiper, shared, around.replicas());
  }

  @Override
  public Future<?> start() {
    shared.receive(context, this::onChange);
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
    perform(gossiper.onTick(now));
    publication.onTick(now);
  }

  private void onPacket(DatagramPacket packet) {
    try {
      var message = GossipCodec.decode(packet.data().getBytes());
      perform(gossiper.onGossip(message, packet.sender().host(), packet.sender().port(), SystemClock.now()));
    } catch (MalformedException garbage) {
      LOG.debug("ignored a datagram from {}: {}", packet.sender(), garbage.getMessage());
    }
  }

  private void perform(List<GossipEffect> effects) {
    effects.forEach(this::perform);
  }

  private void perform(GossipEffect effect) {
    log.write(effect);
    switch (effect) {
      case GossipEffect.SendGossip send ->
        socket.send(Buffer.buffer(GossipCodec.encode(send.message())), send.port(), send.host());
      case GossipEffect.FetchState fetch -> states.fetch(fetch.host(), fetch.port(), (state, host, port) -> context
          .runOnContext(nothing -> perform(gossiper.onGossip(state, host, port, SystemClock.now()))));
      case GossipEffect.MembersChanged changed -> publication.onMembers(changed.members(), around.persist());
      case GossipEffect.PoliciesChanged changed -> publication.onPolicies(changed.policies(), around.persistPolicies());
      case GossipEffect.RingChanged changed -> publication.onRing(changed.members());
      case GossipEffect.PeerUp up -> publication.publish();
      case GossipEffect.PeerUnreached silent -> publication.publish();
      case GossipEffect.PeerDown down -> publication.publish();
      case GossipEffect.Formed formed -> publication.publish();
      case GossipEffect.ClockJudged judged -> publication.onClock(judged.isTrusted());
      case GossipEffect.Refused refused -> around.onRefused().accept(refused.reason());
      case GossipEffect.Outlived outlived -> around.onOutlived().accept(outlived.generation());
      case GossipEffect.NewcomerRefused refused -> {
      }
    }
  }

  private boolean onChange(PolicyChange change) {
    var effects = gossiper.onPolicy(change.prefix(), change.policy(), SystemClock.now());
    perform(effects);
    return !effects.isEmpty();
  }
}
