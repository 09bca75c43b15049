package dev.torc.cluster.coordination;

import dev.torc.cluster.coordination.Coordination.Failure;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.SharedSlots;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Everything that is going on at one event loop of a node: the operations that it coordinates, and its duties as a replica for others. It decides
 * nothing about any of them: it opens the right {@link Coordination} for a request, hands each answer to the one that waits for it, and wakes what is late.
 *
 * <p>A node outside a key's preference list reads like any other, but forwards writes, since only a replica mints dots.
 *
 * <p>A peer that is not live gets nothing sent. That a peer is live is a guess, which {@link #onUndelivered} and {@link #onPeerDown} correct. Nothing that a
 * peer or a client sends makes any of these methods throw.
 */
public final class Coordinator {
  private final CoordinatorTurn.View view;
  private Ring ring;
  private SharedSlots shared;
  private boolean trustsClock = true;

  /**
   * @param clock this coordinator's own, for what it has seen; dots are minted by the store's
   * @param ring empty until the node may serve
   */
  public Coordinator(NodeId self, CoordinatorConfig config, HybridClock clock, Ring ring, RandomGenerator random) {
    this.view = new CoordinatorTurn.View(self, config, clock,
        new OpenOperations(random.nextLong(), new Latencies(config)),
        new Proposer(clock, random), new Verified(), new TreeSet<>());
    onRing(ring);
  }

  public void onRing(Ring newRing) {
    ring = newRing;
    shared = new SharedSlots(newRing, view.self());
  }

  /** Whether this node's clock is near enough to its peers' for its dots to sort where they belong. */
  public void onClock(boolean isTrusted) {
    trustsClock = isTrusted;
  }

  /** A client of this coordinator's has seen something of that time, and what it writes next is to sort behind. Not believed if it is too far ahead. */
  public void onSeen(long hlc, Moment now) {
    view.clock().fold(hlc, now);
  }

  public void onPeerUp(NodeId peer) {
    view.live().add(peer);
  }

  /** The peer cannot be reached any more; what was asked of it may or may not have been done. */
  public List<Effect> onPeerDown(NodeId peer, Moment now) {
    view.live().remove(peer);
    var turn = turn(now);
    for (var call : view.open().callsTo(peer)) {
      fail(call.id(), Failure.LOST, turn);
    }
    return turn.bundled();
  }

  /** @param request the shell's number, under which the reply comes */
  public List<Effect> onRequest(long request, Request asked, Moment now) {
    var turn = turn(now);
    accept(request, asked, turn);
    return turn.bundled();
  }

  /**
   * As many requests, at once: what they want of one peer goes in one message. Each is taken or refused, and ends, by itself.
   *
   * @param requests the shell's numbers, one for each
   */
  public List<Effect> onRequests(long[] requests, List<? extends Request> asked, Moment now) {
    var turn = turn(now);
    for (int i = 0; i < requests.length; i++) {
      accept(requests[i], asked.get(i), turn);
    }
    return turn.bundled();
  }

  private void accept(long request, Request asked, CoordinatorTurn turn) {
    if (ring.isEmpty()) {
      turn.effects().add(new Effect.Reply(request, new Outcome.Refused(Reason.LOADING, "the cluster is forming")));
    } else if (!trustsClock || isFull()) {
      turn.effects().add(new Effect.Reply(request, trustsClock ? full() : clockIsOff()));
    } else {
      turn.open(Operations.of(asked, new Sink.Client(request), turn));
    }
  }

  /** @param origin the connection by which it came */
  public List<Effect> onPeerMessage(long origin, PeerMessage message, Moment now) {
    var turn = turn(now);
    if (!view.clock().fold(message.hlc(), now)) {
      turn.announce(Effect.Event.CLOCK_TOO_FAR_AHEAD);
    }
    switch (message) {
      case PeerMessage.Single single -> take(origin, single, turn);
      case PeerMessage.Together together -> together.parts().forEach(part -> take(origin, part, turn));
    }
    return turn.bundled();
  }

  private void take(long origin, PeerMessage.Single message, CoordinatorTurn turn) {
    switch (message) {
      case PeerMessage.Perform perform -> perform(origin, perform, turn);
      case PeerMessage.Forward forward -> coordinateFor(origin, forward, turn);
      case PeerMessage.Performed done -> answered(done.id(), done.answer(), turn);
      case PeerMessage.Forwarded done -> {
        if (view.open().answered(done.id(), turn.now()) instanceof Call.OfOperation call) {
          call.operation().onForwarded(done.outcome(), turn);
        }
      }
    }
  }

  /** This node's own store has answered. */
  public List<Effect> onStored(long ticket, StoreAnswer answer, Moment now) {
    var turn = turn(now);
    answered(ticket, answer, turn);
    return turn.bundled();
  }

  /** This node's own store has answered a batch: what follows for one peer goes in one message. */
  public List<Effect> onStored(long[] tickets, List<StoreAnswer> answers, Moment now) {
    var turn = turn(now);
    for (int i = 0; i < tickets.length; i++) {
      answered(tickets[i], answers.get(i), turn);
    }
    return turn.bundled();
  }

  /** A message of this coordinator's, or a part of one, never left the node. */
  public List<Effect> onUndelivered(long id, Moment now) {
    var turn = turn(now);
    fail(id, Failure.UNDELIVERED, turn);
    return turn.bundled();
  }

  /** To be called often enough for the time-outs to mean something, every 10 ms or so. */
  public List<Effect> onTick(Moment now) {
    var turn = turn(now);
    view.open().wake(turn);
    view.proposer().watch().wake(turn);
    return turn.bundled();
  }

  /** Operations that have not ended. */
  public int open() {
    return view.open().size();
  }

  /** Answers that are waited for, for itself and for peers. */
  public int openCalls() {
    return view.open().calls();
  }

  private void perform(long origin, PeerMessage.Perform perform, CoordinatorTurn turn) {
    if (isLate(perform, turn)) {
      turn.answer(origin, new PeerMessage.Performed(perform.id(), turn.seenHlc(), lateAnswer()));
    } else if (perform.step() instanceof AcceptorStep step) {
      accept(origin, perform.id(), step, turn);
    } else if (perform.step() instanceof TreeStep step) {
      compare(origin, perform.id(), step, turn);
    } else if (perform.step() instanceof SlotStep.Raising raise && raise.ring() != ring.digest()) {
      disagree(origin, perform.id(), turn);
    } else {
      long id = perform.step() instanceof StoreStep.Merge
          ? view.open().expectMergeFor(origin, perform.id(), view.self(), turn.now())
          : view.open().expectFor(origin, perform.id());
      turn.effects().add(new Effect.Store(id, perform.step()));
    }
  }

  /** A round is held among those who agree on who the acceptors are; the others' majorities might not meet its own. */
  private void accept(long origin, long id, AcceptorStep step, CoordinatorTurn turn) {
    if (step.epoch().ring() == ring.digest()) {
      if (step instanceof AcceptorStep.Accept it) {
        view.proposer().watch().onAccept(it.key(), it.epoch().replicas(), it.results().intents(), turn);
      }
      turn.effects().add(new Effect.Store(view.open().expectFor(origin, id, step), step));
    } else {
      disagree(origin, id, turn);
    }
  }

  /** Which slots are meant follows from the ring, so it need not travel, and both must mean the same. */
  private void compare(long origin, long id, TreeStep step, CoordinatorTurn turn) {
    if (step.scope().ring() == ring.digest()) {
      var resolved = step instanceof TreeStep.Compare it
          ? it.among(shared.with(it.scope().asker(), it.scope().replicas()))
          : step;
      turn.effects().add(new Effect.Store(view.open().expectFor(origin, id), resolved));
    } else {
      disagree(origin, id, turn);
    }
  }

  private static void disagree(long origin, long id, CoordinatorTurn turn) {
    var disagree = new StoreAnswer.Failed(StoreAnswer.Cause.BUSY, "the nodes do not agree on the ring yet");
    turn.answer(origin, new PeerMessage.Performed(id, turn.seenHlc(), disagree));
  }

  private void coordinateFor(long origin, PeerMessage.Forward forward, CoordinatorTurn turn) {
    var replicas = ring.preferenceList(forward.request().key().slot(), forward.request().terms().replicas());
    if (isLate(forward, turn)) {
      turn.answer(origin, new PeerMessage.Forwarded(forward.id(), turn.seenHlc(), Refusals.of(lateAnswer())));
    } else if (!trustsClock) {
      turn.answer(origin, new PeerMessage.Forwarded(forward.id(), turn.seenHlc(), clockIsOff()));
    } else if (!replicas.contains(view.self()) || isFull()) {
      var disagree = new Outcome.Refused(Reason.BUSY, "the nodes do not agree on the ring yet");
      turn.answer(origin, new PeerMessage.Forwarded(forward.id(), turn.seenHlc(), isFull() ? full() : disagree));
    } else {
      turn.open(Operations.forwarded(forward.request(), new Sink.Peer(origin, forward.id()), turn));
    }
  }

  private boolean isLate(PeerMessage.Ask ask, CoordinatorTurn turn) {
    boolean late = turn.now().wallMillis() > ask.deadlineMillis() + view.config().maxSkewMillis();
    if (late) {
      turn.announce(Effect.Event.REFUSED_LATE);
    }
    return late;
  }

  private static StoreAnswer.Failed lateAnswer() {
    return new StoreAnswer.Failed(StoreAnswer.Cause.LATE, "the request arrived after its deadline");
  }

  private void answered(long id, StoreAnswer answer, CoordinatorTurn turn) {
    if (answer instanceof StoreAnswer.Stored stored) {
      view.clock().fold(stored.dot().hlc(), turn.now());
    }
    switch (view.open().answered(id, turn.now())) {
      case Call.OfOperation call -> {
        if (answer instanceof StoreAnswer.Partly) {
          view.open().latencies().onPart(call.replica(), turn.now());
        }
        call.operation().onAnswer(call.replica(), answer, turn);
      }
      case Call.OfPeer peer -> turn.answer(peer.origin(), new PeerMessage.Performed(peer.id(), turn.seenHlc(), answer));
      case Call.OfWriter peer ->
        turn.answer(peer.origin(), new PeerMessage.Performed(peer.id(), turn.seenHlc(), answer));
      case Call.OfProposer peer -> {
        turn.answer(peer.origin(), new PeerMessage.Performed(peer.id(), turn.seenHlc(), answer));
        if (answer instanceof AcceptorAnswer.Abstained) {
          RejoinCoordination.open(peer.step().key(), peer.step().epoch(), turn);
        }
      }
      case null -> {
      }
    }
  }

  private void fail(long id, Failure failure, CoordinatorTurn turn) {
    if (view.open().lost(id, turn.now()) instanceof Call.OfOperation call) {
      call.operation().onFailure(call.replica(), failure, turn);
    }
  }

  private boolean isFull() { return view.open().size() >= view.config().maxOpen(); }

  private static Outcome clockIsOff() {
    return new Outcome.Refused(Reason.CLOCK, "this node's clock is too far from its peers', ask another node");
  }

  private Outcome full() {
    return new Outcome.Refused(Reason.BUSY, "more than " + view.config().maxOpen() + " requests are waiting");
  }

  private CoordinatorTurn turn(Moment now) {
    view.open().latencies().onAwake(now);
    return new CoordinatorTurn(view, ring, now);
  }
}
