package dev.torc.verticles.loop;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.upkeep.Upkeep;
import dev.torc.engine.StorageShard;
import dev.torc.verticles.SystemClock;
import io.vertx.core.Context;
import java.util.List;
import java.util.function.Consumer;

/** The performer of a node's background work, on one of its event loops and by that loop's links. Only to be called on that loop. */
public final class UpkeepShell {
  private final Upkeep upkeep;
  private final CoordinatorShell coordinator;
  private final LoopTurn turn;
  private final StoreLinks stores;
  private final Consumer<Effect.Event> announce;
  private Peers peers;

  /**
   * @param coordinator beside it, for what is an ordinary operation
   * @param announce told of each event; called on the loop
   */
  public UpkeepShell(Upkeep upkeep, CoordinatorShell coordinator, List<StorageShard> stores, Context context,
      LoopTurn turn, ValueSizes sizes,
      Consumer<Effect.Event> announce) {
    this.upkeep = upkeep;
    this.coordinator = coordinator;
    this.turn = turn;
    this.stores = new StoreLinks(stores, context, turn, sizes, this::onStored);
    this.announce = announce;
  }

  public void connect(Peers ways) {
    this.peers = ways;
  }

  public void onTick() {
    perform(upkeep.onTick(SystemClock.now()));
  }

  public void onRing(Ring ring) {
    perform(upkeep.onRing(ring, SystemClock.now()));
  }

  public void onPeerUp(NodeId peer) {
    perform(upkeep.onPeerUp(peer, SystemClock.now()));
  }

  public void onPeerDown(NodeId peer) {
    perform(upkeep.onPeerDown(peer, SystemClock.now()));
  }

  /** Any message that comes; what is no answer to an errand is ignored. */
  public void onPeerMessage(PeerMessage message) {
    if (upkeep.open() > 0) {
      perform(upkeep.onPeerMessage(message, SystemClock.now()));
    }
  }

  private void onStored(long[] tickets, List<StoreAnswer> answers) {
    perform(upkeep.onStored(tickets, answers, SystemClock.now()));
    turn.finish();
  }

  private void perform(List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case Effect.Store store -> stores.addBackground(store);
        case Effect.Send send -> send(send.to(), send.message());
        case Effect.Announce announced -> announce.accept(announced.event());
        case Effect.Begin begin -> coordinator.request(begin.request(), nobodyWaits -> {});
        case Effect.Answer answer -> peers.answer(answer.origin(), answer.message());
        case Effect.Reply reply -> throw new IllegalStateException("no client asked for " + reply);
      }
    }
  }

  private void send(NodeId to, PeerMessage message) {
    if (peers.send(to, message)) {
      return;
    }
    switch (message) {
      case PeerMessage.Single single -> perform(upkeep.onUndelivered(single.id(), SystemClock.now()));
      case PeerMessage.Together together -> together.parts().forEach(part -> send(to, part));
    }
  }
}
