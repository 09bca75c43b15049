package dev.torc.cluster.antientropy;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.cluster.storage.Trees;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.upkeep.Upkeep;
import dev.torc.cluster.wire.PeerCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** A node that compares with a peer, both without anything around them: what is said goes through its binary form, and is weighed. */
final class TwoReplicas {
  static final NodeId HERE = new NodeId(1);
  static final NodeId THERE = new NodeId(2);
  static final Ring RING = Ring.of(List.of(new RingMember(HERE, 0, 1, "", ""), new RingMember(THERE, 1, 1, "", "")), 2);
  static final long INTERVAL = 10_000;
  private static final long TICK_MILLIS = 10;

  private final List<PairRound> rounds = new ArrayList<>();
  private final Upkeep upkeep;
  private final Function<StoreStep, StoreAnswer> here;
  private final Function<StoreStep, StoreAnswer> there;
  private int sent;
  private long bytes;
  private int announced;
  private boolean lists;
  private long steady = 1_000;

  TwoReplicas(Trees trees, Function<StoreStep, StoreAnswer> here, Function<StoreStep, StoreAnswer> there) {
    this.here = here;
    this.there = there;
    var chore = new AntiEntropy(new AntiEntropyConfig(INTERVAL, 5_000, 100 << 20), trees, rounds::add);
    upkeep = new Upkeep(HERE, new HybridClock(0, 5_000), new SplittableRandom(1), List.of(chore));
    perform(upkeep.onRing(RING, now()));
    perform(upkeep.onPeerUp(THERE, now()));
  }

  List<PairRound> rounds() {
    return rounds;
  }

  int sent() {
    return sent;
  }

  /** Of messages both ways, as they are on the wire. */
  long bytes() {
    return bytes;
  }

  int announced() {
    return announced;
  }

  Moment now() {
    return new Moment(steady, 1_800_000_000_000L + steady);
  }

  void pass(long millis) {
    for (long end = steady + millis; steady < end; steady += TICK_MILLIS) {
      perform(upkeep.onTick(now()));
    }
  }

  /** Until a round has ended, and what it said alone is counted. */
  PairRound round() {
    sent = 0;
    bytes = 0;
    int before = rounds.size();
    for (int i = 0; i < 10_000_000 && rounds.size() == before; i++) {
      pass(TICK_MILLIS);
    }
    return rounds.getLast();
  }

  /** Until keys have been listed, so that what differs is known and not looked at again. */
  void untilLookedAtOnce() {
    lists = false;
    for (int i = 0; i < 10_000 && !lists; i++) {
      pass(TICK_MILLIS);
    }
  }

  private void perform(List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case Effect.Store store ->
          perform(upkeep.onStored(new long[] {store.ticket()}, List.of(here.apply(store.step())), now()));
        case Effect.Send send -> arrive(send.message());
        case Effect.Announce announce -> announced++;
        case Effect.Answer other -> throw new AssertionError(other);
        case Effect.Reply other -> throw new AssertionError(other);
        case Effect.Begin other -> throw new AssertionError(other);
      }
    }
  }

  private void arrive(PeerMessage message) {
    byte[] asked = PeerCodec.encode(message);
    var answers = new ArrayList<PeerMessage.Single>();
    for (var part : parts(PeerCodec.decode(asked)).toList()) {
      var perform = (PeerMessage.Perform) part;
      lists |= perform.step() instanceof TreeStep.Digests;
      var step = perform.step() instanceof TreeStep.Compare compare ? compare.among(SlotSet.ALL) : perform.step();
      answers.add(new PeerMessage.Performed(perform.id(), 0, there.apply(step)));
    }
    byte[] answered = PeerCodec.encode(answers.size() == 1 ? answers.getFirst() : new PeerMessage.Together(answers));
    sent++;
    bytes += asked.length + answered.length;
    perform(upkeep.onPeerMessage(PeerCodec.decode(answered), now()));
  }

  private static Stream<? extends PeerMessage.Single> parts(PeerMessage message) {
    return switch (message) {
      case PeerMessage.Single single -> Stream.of(single);
      case PeerMessage.Together together -> together.parts().stream();
    };
  }
}
