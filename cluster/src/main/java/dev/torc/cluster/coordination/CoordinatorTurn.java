package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Bundles;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** One event at a coordinator, and the effects that come of it. */
final class CoordinatorTurn implements Turn {

  /** What stays the same from event to event. */
  record View(NodeId self, CoordinatorConfig config, HybridClock clock, OpenOperations open, Proposer proposer,
      Verified verified, TreeSet<NodeId> live) {}

  private final View view;
  private final Ring ring;
  private final Moment now;
  private final List<Effect> effects = new ArrayList<>(4);

  CoordinatorTurn(View view, Ring ring, Moment now) {
    this.view = view;
    this.ring = ring;
    this.now = now;
  }

  /** To be added to. */
  List<Effect> effects() {
    return effects;
  }

  /** What comes of it all, at its end: messages to one place together. */
  List<Effect> bundled() {
    return Bundles.of(effects);
  }

  @Override
  public Moment now() {
    return now;
  }

  @Override
  public NodeId self() {
    return view.self;
  }

  @Override
  public Ring ring() {
    return ring;
  }

  @Override
  public CoordinatorConfig config() {
    return view.config;
  }

  @Override
  public boolean isLive(NodeId node) {
    return node.equals(view.self) || view.live.contains(node);
  }

  @Override
  public boolean isSlow(NodeId node) {
    return view.open.latencies().isSlow(node, now);
  }

  @Override
  public boolean isCatchingUp(NodeId node) {
    return view.open.latencies().isCatchingUp(node, now);
  }

  @Override
  public long expectedMillis(NodeId node) {
    return view.open.latencies().expectedMillis(node);
  }

  @Override
  public long seenHlc() {
    return view.clock.last();
  }

  @Override
  public long furthestHlc() {
    return Hlc.atMillis(now.wallMillis() + view.config.maxSkewMillis() + 1) - 1;
  }

  @Override
  public Proposer proposer() {
    return view.proposer;
  }

  @Override
  public Verified verified() {
    return view.verified;
  }

  @Override
  public void ask(Coordination operation, NodeId replica, StoreStep step) {
    long id = view.open.expect(operation, replica, false, now);
    effects.add(replica.equals(view.self)
        ? new Effect.Store(id, step)
        : new Effect.Send(replica, new PeerMessage.Perform(id, deadline(operation), seenHlc(), step)));
  }

  @Override
  public void forward(Coordination operation, NodeId replica, Request.ToReplica request) {
    long id = view.open.expect(operation, replica, true, now);
    effects.add(new Effect.Send(replica, new PeerMessage.Forward(id, deadline(operation), seenHlc(), request)));
  }

  @Override
  public void open(Coordination operation) {
    view.open.open(operation, this);
    operation.start(this);
  }

  @Override
  public void reply(Coordination operation, Outcome outcome) {
    switch (operation.sink()) {
      case Sink.Client client -> effects.add(new Effect.Reply(client.request(), outcome));
      case Sink.Peer peer -> answer(peer.origin(), new PeerMessage.Forwarded(peer.id(), seenHlc(), outcome));
      case Sink.Nobody nobody -> {
      }
      case Sink.Part part -> {
        if (view.open.isOpen(part.whole())) {
          part.whole().onPart(part.number(), outcome, this);
        }
      }
    }
  }

  @Override
  public void end(Coordination operation) {
    view.open.end(operation, now);
  }

  @Override
  public void dropCalls(Coordination operation) {
    view.open.dropCalls(operation, now);
  }

  @Override
  public void wakeAfter(Coordination operation, long millis) {
    view.open.wakeAt(now.steadyMillis() + millis, operation);
  }

  @Override
  public void lateAfter(Coordination operation, long millis) {
    view.open.lateAt(now.steadyMillis() + millis, operation);
  }

  @Override
  public void announce(Effect.Event event) {
    effects.add(new Effect.Announce(event));
  }

  @Override
  public boolean isCrowded() { return view.open.size() > view.config.maxOpen() / 4; }

  void answer(long origin, PeerMessage.Single message) {
    effects.add(new Effect.Answer(origin, message));
  }

  private long deadline(Coordination operation) {
    return now.wallMillis() + operation.timeoutMillis(view.config);
  }
}
