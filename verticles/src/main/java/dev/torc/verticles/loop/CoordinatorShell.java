package dev.torc.verticles.loop;

import dev.torc.cluster.coordination.Coordinator;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.engine.StorageShard;
import dev.torc.verticles.SystemClock;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** One event loop's coordinator, and the performer of its effects. Only to be called on that loop. */
public final class CoordinatorShell {
  private final Coordinator coordinator;
  private final List<ShardLink> shards = new ArrayList<>();
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
    stores.forEach(store -> shards.add(new ShardLink(store, context, turn, sizes, this::onStored)));
  }

  public void connect(Peers ways) {
    this.peers = ways;
  }

  public LoopTurn turn() {
    return turn;
  }

  /** Starts the request; its outcome comes once, on this loop. */
  public void request(Request request, Consumer<Outcome> outcome) {
    int place;
    if (free > 0) {
      place = freePlaces[--free];
      waiting.set(place, outcome);
    } else {
      place = waiting.size();
      waiting.add(outcome);
    }
    perform(coordinator.onRequest(place, request, SystemClock.now()));
  }

  public void onPeerMessage(long origin, PeerMessage message) {
    perform(coordinator.onPeerMessage(origin, message, SystemClock.now()));
  }

  public void onPeerUp(NodeId peer) {
    coordinator.onPeerUp(peer);
  }

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
    Moment now = SystemClock.now();
    for (int i = 0; i < tickets.length; i++) {
      perform(coordinator.onStored(tickets[i], answers.get(i), now));
    }
    turn.finish();
  }

  private void perform(List<Effect> effects) {
    for (int i = 0; i < effects.size(); i++) {
      switch (effects.get(i)) {
        case Effect.Store store -> store(store);
        case Effect.Reply reply -> reply(reply);
        case Effect.Send send -> {
          if (!peers.send(send.to(), send.message())) {
            perform(coordinator.onUndelivered(send.message().id(), SystemClock.now()));
          }
        }
        case Effect.Answer answer -> peers.answer(answer.origin(), answer.message());
        case Effect.Announce announced -> announce.accept(announced.event());
      }
    }
  }

  /** Scans and counts may go to any shard: they look at what all of them have committed. */
  private void store(Effect.Store store) {
    int slot = switch (store.step()) {
      case StoreStep.OnKey step -> step.key().slot();
      case AcceptorStep step -> step.key().slot();
      case StoreStep.Scan scan -> scan.from().slot();
      case StoreStep.Count count -> 0;
    };
    shards.get(slot % shards.size()).add(store.ticket(), store.step());
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
