package dev.torc.verticles.loop;

import dev.torc.cluster.coordination.Coordinator;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.engine.StorageShard;
import dev.torc.verticles.SystemClock;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** One event loop's coordinator, and the performer of its effects. Only to be called on that loop. */
public final class CoordinatorShell implements PeerEvents {
  private final Coordinator coordinator;
  private final StoreLinks stores;
  private final LoopTurn turn;
  private final Consumer<Effect.Event> announce;
  private Peers peers;
  /** Who waits for a reply, by the number of his request; places are used again. */
  private final List<Consumer<Outcome>> waiting = new ArrayList<>();
  private int[] freePlaces = new int[64];
  private int free;

  /** @param announce told of each event; called on the loop */
  public CoordinatorShell(Coordinator coordinator, List<StorageShard> stores, Context context, LoopTurn turn,
      ValueSizes sizes, Consumer<Effect.Event> announce) {
    this.coordinator = coordinator;
    this.turn = turn;
    this.announce = announce;
    this.stores = new StoreLinks(stores, context, turn, sizes, this::onStored);
  }

  public void connect(Peers ways) {
    this.peers = ways;
  }

  public LoopTurn turn() {
    return turn;
  }

  /** Starts the request; its outcome comes once, on this loop. */
  public void request(Request request, Consumer<Outcome> outcome) {
    perform(coordinator.onRequest(placeFor(outcome), request, SystemClock.now()));
  }

  /** Starts them all at once; the outcome of each comes once, on this loop, with its place in the list. */
  public void requestAll(List<? extends Request> requests, ObjIntConsumer<Outcome> outcomes) {
    var places = new long[requests.size()];
    for (int i = 0; i < places.length; i++) {
      int index = i;
      places[i] = placeFor(outcome -> outcomes.accept(outcome, index));
    }
    perform(coordinator.onRequests(places, requests, SystemClock.now()));
  }

  /** What a client has seen, before it writes. */
  public void onSeen(long hlc) {
    coordinator.onSeen(hlc, SystemClock.now());
  }

  @Override
  public void onPeerMessage(long origin, PeerMessage message) {
    perform(coordinator.onPeerMessage(origin, message, SystemClock.now()));
  }

  @Override
  public void onPeerUp(NodeId peer) {
    coordinator.onPeerUp(peer);
  }

  @Override
  public void onPeerDown(NodeId peer) {
    perform(coordinator.onPeerDown(peer, SystemClock.now()));
  }

  public void onRing(Ring ring) {
    coordinator.onRing(ring);
  }

  public void onClock(boolean isTrusted) {
    coordinator.onClock(isTrusted);
  }

  public void onTick() {
    perform(coordinator.onTick(SystemClock.now()));
  }

  public int open() {
    return coordinator.open();
  }

  private void onStored(long[] tickets, List<StoreAnswer> answers) {
    perform(coordinator.onStored(tickets, answers, SystemClock.now()));
    turn.finish();
  }

  private int placeFor(Consumer<Outcome> outcome) {
    if (free > 0) {
      int place = freePlaces[--free];
      waiting.set(place, outcome);
      return place;
    }
    waiting.add(outcome);
    return waiting.size() - 1;
  }

  private void perform(List<Effect> effects) {
    for (int i = 0; i < effects.size(); i++) {
      switch (effects.get(i)) {
        case Effect.Store store -> stores.add(store);
        case Effect.Reply reply -> reply(reply);
        case Effect.Send send -> send(send.to(), send.message());
        case Effect.Answer answer -> peers.answer(answer.origin(), answer.message());
        case Effect.Announce announced -> announce.accept(announced.event());
        case Effect.Begin begin -> request(begin.request(), nobodyWaits -> {});
      }
    }
  }

  /** What finds no room together may find it one by one; what does not is undelivered by itself. */
  private void send(NodeId to, PeerMessage message) {
    if (peers.send(to, message)) {
      return;
    }
    switch (message) {
      case PeerMessage.Single single -> perform(coordinator.onUndelivered(single.id(), SystemClock.now()));
      case PeerMessage.Together together -> together.parts().forEach(part -> send(to, part));
    }
  }

  private void reply(Effect.Reply reply) {
    int place = (int) reply.request();
    var outcome = waiting.set(place, null);
    if (free == freePlaces.length) {
      freePlaces = Arrays.copyOf(freePlaces, free * 2);
    }
    freePlaces[free++] = place;
    outcome.accept(reply.outcome());
  }
}
