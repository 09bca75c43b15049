package dev.torc.cluster.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UpkeepTest {
  private static final NodeId SELF = new NodeId(1);
  private static final NodeId PEER = new NodeId(2);
  private static final StoreStep STEP = new StoreStep.Count(List.of());
  private static final StoreAnswer ANSWER = new StoreAnswer.Counted(7);
  private static final StoreAnswer LATE = lost("no answer came in time");

  private final List<StoreAnswer> answers = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private NodeId asked = PEER;

  private final class Asking implements Chore {
    @Override
    public void onTick(Errands errands) {
      if (asked != null) {
        errands.ask(asked, STEP, 100, (answer, later) -> answers.add(answer));
        asked = null;
      }
    }

    @Override
    public void onPeerUp(NodeId peer, Errands errands) {
      told.add("up " + errands.isLive(peer));
    }

    @Override
    public void onPeerDown(NodeId peer, Errands errands) {
      told.add("down " + errands.isLive(peer) + " " + answers.size());
    }

    @Override
    public void onRing(Errands errands) {
      told.add("ring of " + errands.ring().members().size());
    }
  }

  private final Upkeep upkeep = new Upkeep(SELF, new HybridClock(0, 5_000), new SplittableRandom(1),
      List.of(new Asking()));

  @Test
  void anErrandToAPeerIsAskedWithItsDeadlineAndAnsweredOnce() {
    var ask = (PeerMessage.Perform) sent(upkeep.onTick(at(0)));
    assertThat(ask.step()).isEqualTo(STEP);
    assertThat(ask.deadlineMillis()).isEqualTo(at(0).wallMillis() + 100);

    var answer = new PeerMessage.Performed(ask.id(), 0, ANSWER);
    upkeep.onPeerMessage(answer, at(10));
    upkeep.onPeerMessage(answer, at(11));
    upkeep.onTick(at(200));
    assertThat(answers).containsExactly(ANSWER);
    assertThat(upkeep.open()).isZero();
  }

  @Test
  void anErrandToThisNodeGoesToItsStore() {
    asked = SELF;
    var store = (Effect.Store) upkeep.onTick(at(0)).getFirst();
    upkeep.onStored(new long[] {store.ticket() + 1, store.ticket()}, List.of(LATE, ANSWER), at(1));
    assertThat(answers).containsExactly(ANSWER);
  }

  @Test
  void whatNobodyAnswersIsLostInTime() {
    var ask = sent(upkeep.onTick(at(0)));
    upkeep.onTick(at(99));
    assertThat(answers).isEmpty();
    upkeep.onTick(at(120));
    upkeep.onPeerMessage(new PeerMessage.Performed(ask.id(), 0, ANSWER), at(121));
    assertThat(answers).containsExactly(LATE);
  }

  @Test
  void whatDoesNotLeaveIsLostAtOnce() {
    upkeep.onUndelivered(sent(upkeep.onTick(at(0))).id(), at(0));
    assertThat(answers).containsExactly(lost("it did not leave this node"));
  }

  @Test
  void aPeersEndLosesItsErrandsBeforeTheChoresHearOfIt() {
    upkeep.onPeerUp(PEER, at(0));
    upkeep.onPeerUp(PEER, at(0));
    upkeep.onTick(at(0));
    upkeep.onPeerDown(PEER, at(1));
    upkeep.onPeerDown(PEER, at(1));
    assertThat(answers).containsExactly(lost("the connection broke"));
    assertThat(told).containsExactly("up true", "down false 1");
  }

  @Test
  void answersToOthersAreIgnored() {
    var ask = sent(upkeep.onTick(at(0)));
    upkeep.onPeerMessage(new PeerMessage.Performed(ask.id() + 1, 0, ANSWER), at(1));
    upkeep.onPeerMessage(new PeerMessage.Perform(ask.id(), 0, 0, STEP), at(1));
    assertThat(answers).isEmpty();
    assertThat(upkeep.open()).isOne();
  }

  @Test
  void choresHearOfTheRing() {
    upkeep.onRing(Ring.of(List.of(new RingMember(SELF, 0, 1, "", "")), 3), at(0));
    assertThat(told).containsExactly("ring of 1");
  }

  private static PeerMessage.Single sent(List<Effect> effects) {
    assertThat(effects).hasSize(1);
    return (PeerMessage.Single) ((Effect.Send) effects.getFirst()).message();
  }

  private static Moment at(long millis) {
    return new Moment(1_000 + millis, 1_700_000_000_000L + millis);
  }

  private static StoreAnswer lost(String reason) {
    return new StoreAnswer.Failed(StoreAnswer.Cause.LOST, reason);
  }
}
