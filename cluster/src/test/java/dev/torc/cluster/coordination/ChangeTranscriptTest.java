package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Level;
import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A client's strong operation on a key of which another node is the first replica, and this one none. */
class ChangeTranscriptTest extends StrongTranscript {
  private static final Ring FOUR = ring(3, SELF, B, C, D);
  private static final Key THEIRS = IntStream.range(0, 1_000).mapToObj(i -> Key.of(Bytes.of("theirs" + i)))
      .filter(key -> !FOUR.preferenceList(key.slot()).contains(SELF)).findFirst().orElseThrow();
  private static final List<NodeId> REPLICAS = FOUR.preferenceList(THEIRS.slot()).nodes();
  private static final NodeId ONE = REPLICAS.get(0);
  private static final NodeId TWO = REPLICAS.get(1);
  private static final NodeId LAST = REPLICAS.get(2);
  private static final Change SET = put("v", Condition.ALWAYS);
  private static final Outcome CHANGED = new Outcome.Changed(DONE, VersionVector.EMPTY, 2);
  private static final Outcome BUSY = new Outcome.Refused(Reason.BUSY, "more than 5 requests are waiting");
  private Change asked = SET;

  ChangeTranscriptTest() {
    coordinator = coordinator(FOUR, 100, B, C, D);
  }

  @Test
  void itGoesToTheFirstReplicaAndItsAnswerBack() {
    says(askTheirs(SET), forward(ONE, 1, 0, 0));
    says(answered(1, CHANGED), reply(CHANGED));
    nothingIsOpen();
  }

  @Test
  void aReplicaThatIsDownIsPassedOver() {
    coordinator.onPeerDown(ONE, now);
    says(askTheirs(SET), forward(TWO, 1, 0, 0));
  }

  @Test
  void whenTheConnectionBreaksTheNextGetsItUnderTheSameId() {
    askTheirs(SET);
    says(coordinator.onPeerDown(ONE, now), forwardAgain(TWO, 2, 0, 0));
    says(answered(2, CHANGED), reply(CHANGED));
    nothingIsOpen();
  }

  @Test
  void aReadThatWasLostLeavesNoTraceAndIsAskedForAnew() {
    askTheirs(new Change.Look());
    says(coordinator.onPeerDown(ONE, now), forward(TWO, 2, 0, 0));
  }

  @Test
  void whatNeverLeftGoesToTheNext() {
    askTheirs(SET);
    says(undelivered(1), forward(TWO, 2, 0, 0));
    says(undelivered(2), forward(LAST, 3, 0, 0));
    says(undelivered(3), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level strong needs 2 of the key's 3 replicas, 3 can be reached")));
    nothingIsOpen();
  }

  @Test
  void whatOneRefusesForReasonsOfItsOwnAnotherMayDo() {
    askTheirs(SET);
    says(answered(1, BUSY), forward(TWO, 2, 0, 0));
    says(answered(2, new Outcome.Refused(Reason.DISK, "full")), forward(LAST, 3, 0, 0));
    says(answered(3, BUSY), reply(BUSY));
    nothingIsOpen();
  }

  @Test
  void contentionAndTooFewReplicasAreTheSameEverywhere() {
    var contention = new Outcome.Refused(Reason.CONTENTION, "others were in the way");
    askTheirs(SET);
    says(answered(1, contention), announce(Event.STRONG_CONTENTION), reply(contention));
    nothingIsOpen();
  }

  @Test
  void afterALostOneARefusalIsUncertain() {
    askTheirs(SET);
    coordinator.onPeerDown(ONE, now);
    says(answered(2, new Outcome.Refused(Reason.CONTENTION, "others were in the way")),
        reply(new Outcome.Uncertain("the replica that carried it out was lost, and the next says: "
            + "others were in the way; the change may be applied")));
    nothingIsOpen();
  }

  @Test
  void whenNobodyIsLeftItIsUncertain() {
    askTheirs(SET);
    coordinator.onPeerDown(ONE, now);
    coordinator.onPeerDown(TWO, now);
    says(coordinator.onPeerDown(LAST, now),
        reply(new Outcome.Uncertain("the replica that carried it out was lost; the change may be applied")));
    nothingIsOpen();
  }

  @Test
  void aReadThatWasLostIsRefused() {
    askTheirs(new Change.Look());
    coordinator.onPeerDown(ONE, now);
    coordinator.onPeerDown(TWO, now);
    says(coordinator.onPeerDown(LAST, now), reply(new Outcome.Refused(Reason.READ_LEVEL,
        "strong read: the replica that carried it out was lost")));
  }

  @Test
  void withoutAnAnswerInTimeItIsUncertain() {
    askTheirs(SET);
    says(timeOut(), reply(new Outcome.Uncertain(
        "no answer in 1000 ms from the replica that carries it out; the change may be applied")));
    nothingIsOpen();
  }

  @Test
  void whatASilentOneHoldsUpIsHandedOnAfterAThirdOfTheTimeUnderTheSameId() {
    askTheirs(SET);
    says(passMillis(332));
    says(passMillis(16), announce(Event.STRONG_HANDED_ON), forwardLater(TWO, 2, 348));
    says(answered(2, CHANGED), reply(CHANGED));
    nothingIsOpen();
  }

  @Test
  void theAnswerOfTheOneThatWasTooSlowCountsNoMore() {
    askTheirs(SET);
    passMillis(348);
    says(answered(1, CHANGED));
    says(answered(2, CHANGED), reply(CHANGED));
    nothingIsOpen();
  }

  @Test
  void whoeverIsHandedItLaterKeepsTheResultSoThatAnyOfTheirAnswersCounts() {
    askTheirs(SET);
    passMillis(348);
    says(passMillis(348), announce(Event.STRONG_HANDED_ON), forwardLater(LAST, 3, 696));
    says(answered(2, CHANGED), reply(CHANGED));
    nothingIsOpen();
  }

  @Test
  void oneThatIsOnlyBusyIsGivenTwoThirds() {
    askTheirs(SET);
    passMillis(300);
    ask(new Request.Read(THEIRS, Level.ALL));
    for (int id = 3; id < 6; id++) {
      answers(id, held(NOTHING));
    }
    says(passMillis(100));
    says(passMillis(344), announce(Event.STRONG_HANDED_ON), forwardLater(TWO, 6, 744));
  }

  @Test
  void theLowestOpenNumberMovesWhenTheOldestIsOver() {
    says(askTheirs(SET), forward(ONE, 1, 0, 0));
    says(askTheirs(SET), forward(ONE, 3, 1, 0));
    answered(3, CHANGED);
    says(askTheirs(SET), forward(ONE, 5, 2, 0));
    answered(1, CHANGED);
    says(askTheirs(SET), forward(ONE, 7, 3, 2));
  }

  @Test
  void aReplicaThatIsNotTheFirstHandsItToTheFirst() {
    var key = secondOf(THREE);
    coordinator = coordinator(THREE, 100, B, C);
    var first = THREE.preferenceList(key.slot()).nodes().getFirst();
    var propose = new Request.Propose(key, SET, id(0), 0, new Terms(Level.STRONG, 0, PROPOSAL_TIMEOUT));
    says(coordinator.onRequest(REQUEST, new Request.Strong(key, SET, Terms.of(Level.STRONG)), now),
        new Effect.Send(first, new PeerMessage.Forward(FIRST + 1, now.wallMillis() + TIMEOUT, 0, propose)));
    var epoch = new Epoch(THREE.digest(), 0);
    var effects = coordinator.onPeerDown(first, now);
    assertThat(effects).contains(store(3, new StoreStep.Fetch(key, Integer.MAX_VALUE)),
        store(4, new AcceptorStep.Prepare(key, epoch, ballot(0))));
    stores(3, held(NOTHING));
    says(stores(4, new AcceptorAnswer.Nacked(ballot(3))));
  }

  /** A key of which this node is a replica, but not the first. */
  private static Key secondOf(Ring ring) {
    return IntStream.range(0, 1_000).mapToObj(i -> Key.of(Bytes.of("ours" + i)))
        .filter(key -> ring.preferenceList(key.slot()).indexOf(SELF) == 1).findFirst().orElseThrow();
  }

  private List<Effect> askTheirs(Change change) {
    asked = change;
    return ask(new Request.Strong(THEIRS, change, Terms.of(Level.STRONG)));
  }

  private Effect forward(NodeId to, long id, long number, long lowestOpen) {
    return forward(to, id, number, lowestOpen, false);
  }

  /** To somebody who is to keep the result in any case. */
  private Effect forwardAgain(NodeId to, long id, long number, long lowestOpen) {
    return forward(to, id, number, lowestOpen, true);
  }

  private Effect forward(NodeId to, long id, long number, long lowestOpen, boolean isAgain) {
    return forward(to, id, number, lowestOpen, isAgain, PROPOSAL_TIMEOUT);
  }

  private Effect forwardLater(NodeId to, long id, long passedMillis) {
    return forward(to, id, 0, 0, true, PROPOSAL_TIMEOUT - passedMillis);
  }

  /** In steps, so that this node is not taken for one that slept. */
  private List<Effect> passMillis(long millis) {
    for (long passed = 0; passed + 100 < millis; passed += 100) {
      assertThat(afterMillis(100)).isEmpty();
    }
    return afterMillis((millis - 1) % 100 + 1);
  }

  private Effect forward(NodeId to, long id, long number, long lowestOpen, boolean isAgain, long timeoutMillis) {
    var propose = new Request.Propose(THEIRS, asked, new OperationId(PROCESS, number), lowestOpen, isAgain,
        new Terms(Level.STRONG, 0, timeoutMillis));
    return new Effect.Send(to, new PeerMessage.Forward(FIRST + id, now.wallMillis() + TIMEOUT, 0, propose));
  }

  private List<Effect> answered(long id, Outcome outcome) {
    return coordinator.onPeerMessage(0, new PeerMessage.Forwarded(FIRST + id, 0, outcome), now);
  }
}
