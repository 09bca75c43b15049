package dev.torc.cluster.upkeep;

import dev.torc.cluster.effect.Bundles;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.DeadlineQueue;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What a node does beside its requests. It knows nothing of any chore: it wakes them, carries their errands to stores and brings back the answers, each exactly once.
 * An errand that gets lost is answered as lost, by the connection's end or by its time, so that no chore waits for ever; and since a peer refuses what arrives
 * after its deadline, what is lost for long enough will not be done any more.
 *
 * <p>Its messages are those of any coordinator, and a peer's coordinator answers them. On one connection two machines ask then; their ids both start at random numbers,
 * and each ignores answers to what it did not ask.
 */
public final class Upkeep {
  private record Errand(NodeId to, Answered then) {}

  private final NodeId self;
  private final HybridClock clock;
  private final RandomGenerator random;
  private final List<Chore> chores;
  private final TreeMap<Long, Errand> errands = new TreeMap<>();
  private final DeadlineQueue deadlines = new DeadlineQueue();
  private final TreeSet<NodeId> live = new TreeSet<>();
  private Ring ring = Ring.empty();
  private long nextId;

  /** @param clock the coordinator's beside it, whose readings go with its messages */
  public Upkeep(NodeId self, HybridClock clock, RandomGenerator random, List<Chore> chores) {
    this.self = self;
    this.clock = clock;
    this.random = random;
    this.chores = List.copyOf(chores);
    this.nextId = random.nextLong();
  }

  public List<Effect> onTick(Moment now) {
    var turn = new Turn(now);
    deadlines.drain(now, id -> answered(id, lost("no answer came in time"), turn));
    chores.forEach(chore -> chore.onTick(turn));
    return turn.bundled();
  }

  public List<Effect> onRing(Ring newRing, Moment now) {
    ring = newRing;
    var turn = new Turn(now);
    chores.forEach(chore -> chore.onRing(turn));
    return turn.bundled();
  }

  public List<Effect> onPeerUp(NodeId peer, Moment now) {
    var turn = new Turn(now);
    if (live.add(peer)) {
      chores.forEach(chore -> chore.onPeerUp(peer, turn));
    }
    return turn.bundled();
  }

  public List<Effect> onPeerDown(NodeId peer, Moment now) {
    var turn = new Turn(now);
    if (live.remove(peer)) {
      var open = new ArrayList<Long>();
      errands.forEach((id, errand) -> {
        if (errand.to.equals(peer)) {
          open.add(id);
        }
      });
      open.forEach(id -> answered(id, lost("the connection broke"), turn));
      chores.forEach(chore -> chore.onPeerDown(peer, turn));
    }
    return turn.bundled();
  }

  /** Answers of peers, to whomever; what this machine did not ask is ignored. */
  public List<Effect> onPeerMessage(PeerMessage message, Moment now) {
    var turn = new Turn(now);
    switch (message) {
      case PeerMessage.Single single -> take(single, turn);
      case PeerMessage.Together together -> together.parts().forEach(part -> take(part, turn));
    }
    return turn.bundled();
  }

  private void take(PeerMessage.Single message, Turn turn) {
    switch (message) {
      case PeerMessage.Performed done -> answered(done.id(), done.answer(), turn);
      case PeerMessage.Perform other -> {
      }
      case PeerMessage.Forward other -> {
      }
      case PeerMessage.Forwarded other -> {
      }
    }
  }

  /** This node's own store has answered a batch. */
  public List<Effect> onStored(long[] tickets, List<StoreAnswer> answers, Moment now) {
    var turn = new Turn(now);
    for (int i = 0; i < tickets.length; i++) {
      answered(tickets[i], answers.get(i), turn);
    }
    return turn.bundled();
  }

  /** A message of this machine's never left the node. */
  public List<Effect> onUndelivered(long id, Moment now) {
    var turn = new Turn(now);
    answered(id, lost("it did not leave this node"), turn);
    return turn.bundled();
  }

  /** Errands that are not answered. */
  public int open() {
    return errands.size();
  }

  private void answered(long id, StoreAnswer answer, Turn turn) {
    var errand = errands.remove(id);
    if (errand != null) {
      errand.then.on(answer, turn);
    }
  }

  private static StoreAnswer lost(String reason) {
    return new StoreAnswer.Failed(StoreAnswer.Cause.LOST, reason);
  }

  /** One event, and the effects that come of it. */
  private final class Turn implements Errands {
    private final Moment now;
    private final List<Effect> effects = new ArrayList<>();

    private Turn(Moment now) {
      this.now = now;
    }

    private List<Effect> bundled() {
      return Bundles.of(effects);
    }

    @Override
    public Moment now() {
      return now;
    }

    @Override
    public NodeId self() {
      return self;
    }

    @Override
    public Ring ring() {
      return ring;
    }

    @Override
    public boolean isLive(NodeId node) {
      return node.equals(self) || live.contains(node);
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public void ask(NodeId node, StoreStep step, long timeoutMillis, Answered then) {
      long id = nextId++;
      errands.put(id, new Errand(node, then));
      deadlines.add(now.steadyMillis() + timeoutMillis, id);
      effects.add(node.equals(self)
          ? new Effect.Store(id, step)
          : new Effect.Send(node,
              new PeerMessage.Perform(id, now.wallMillis() + timeoutMillis, clock.last(), step)));
    }

    @Override
    public void begin(Request request) {
      effects.add(new Effect.Begin(request));
    }

    @Override
    public void announce(Effect.Event event) {
      effects.add(new Effect.Announce(event));
    }
  }
}
