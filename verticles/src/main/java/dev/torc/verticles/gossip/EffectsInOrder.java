package dev.torc.verticles.gossip;

import dev.torc.cluster.membership.GossipEffect;
import dev.torc.cluster.membership.Gossiper;
import dev.torc.cluster.wire.GossipCodec;
import dev.torc.verticles.SystemClock;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import java.util.List;

/** Does what the gossiper wants, in its order, and nothing that builds on what is not on disk. */
final class EffectsInOrder {
  private final Gossiper gossiper;
  private final Publication publication;
  private final DatagramSocket socket;
  private final StateFetch states;
  private final GossipVerticle.Surroundings around;
  private final GossipLog log;
  private Context context;

  EffectsInOrder(Gossiper gossiper, Publication publication, DatagramSocket socket, StateFetch states,
      GossipVerticle.Surroundings around) {
    this.gossiper = gossiper;
    this.publication = publication;
    this.socket = socket;
    this.states = states;
    this.around = around;
    this.log = new GossipLog(gossiper::members);
  }

  /** @param thread on which everything is done, also what is asked of others when it comes */
  void begin(Context thread) {
    context = thread;
  }

  void perform(List<GossipEffect> effects) {
    for (int i = 0; i < effects.size(); i++) {
      if (effects.get(i) instanceof GossipEffect.MembersChanged changed
          && !publication.onMembers(changed.members(), around.persist())) {
        perform(gossiper.onUnsaved(effects.subList(i + 1, effects.size())));
        return;
      }
      perform(effects.get(i));
    }
  }

  private void perform(GossipEffect effect) {
    log.write(effect);
    switch (effect) {
      case GossipEffect.SendGossip send ->
        socket.send(Buffer.buffer(GossipCodec.encode(send.message())), send.port(), send.host());
      case GossipEffect.FetchState fetch -> states.fetch(fetch.host(), fetch.port(), (state, host, port) -> context
          .runOnContext(nothing -> perform(gossiper.onGossip(state, host, port, SystemClock.now()))));
      case GossipEffect.MembersChanged kept -> {
      }
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
}
