package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An acceptor that may have forgotten, and whom an acceptor listens to. */
class RejoinTranscriptTest extends StrongTranscript {
  private static final Ballot THEIRS = new Ballot(hlc(4), PEERS_PROCESS);
  private static final StoredRecord ON_B = record("b", 8, 5);
  private static final StoredRecord ON_C = record("c", 9, 6);
  private static final StoreStep REJOIN = new AcceptorStep.Rejoin(MINE, EPOCH);

  @Test
  void whoAbstainsFetchesFromTheOthersMergesAndTakesPartAgain() {
    says(peerAsks(40, prepare(THEIRS)), store(0, prepare(THEIRS)));
    says(stores(0, abstained()), answersPeer(40, abstained()), announce(Event.STRONG_REJOIN), send(B, 2, fetchMine()),
        send(C, 3, fetchMine()));
    says(answers(2, held(ON_B)));
    says(answers(3, held(ON_C)), store(4, commit(ON_B.merge(ON_C))));
    says(stores(4, merged()), store(5, REJOIN));
    says(stores(5, accepted()));
    nothingIsOpen();
  }

  @Test
  void oneRejoinOfAKeyAtATimeAndAnotherOneAfterIt() {
    peerAsks(40, prepare(THEIRS));
    peerAsks(41, query());
    assertThat(stores(0, abstained())).hasSize(4);
    says(stores(1, abstained()), answersPeer(41, abstained()));
    says(coordinator.onPeerDown(B, now));
    nothingIsOpen();
    peerAsks(42, query());
    assertThat(stores(5, abstained())).hasSize(3);
  }

  @Test
  void aMajorityOfTheOthersIsBothOfTwo() {
    peerAsks(40, prepare(THEIRS));
    stores(0, abstained());
    answers(2, held(ON_B));
    says(answers(3, failed(Cause.DISK, "broken")));
    nothingIsOpen();
  }

  /** One that has told may yet take a write that is then acknowledged together with what this replica said and forgot. */
  @Test
  void ofFiveAllOthersMustTell() {
    coordinator = coordinator(FIVE, 100, B, C, D, E);
    var step = new AcceptorStep.Prepare(MINE, new Epoch(FIVE.digest(), 0), THEIRS);
    peerAsks(40, step);
    stores(0, abstained());
    answers(2, held(ON_B));
    answers(3, held(ON_C));
    says(answers(4, held(ON_C)));
    says(answers(5, held(NOTHING)), store(6, commit(ON_B.merge(ON_C))));
  }

  @Test
  void whatTheOwnStoreDoesNotTakeIsNoRejoin() {
    peerAsks(40, prepare(THEIRS));
    stores(0, abstained());
    answers(2, held(ON_B));
    answers(3, held(ON_C));
    says(stores(4, failed(Cause.DISK, "full")));
    nothingIsOpen();
  }

  @Test
  void whoDoesNotHearInTimeGivesUp() {
    peerAsks(40, prepare(THEIRS));
    stores(0, abstained());
    answers(2, held(ON_B));
    says(timeOut());
    nothingIsOpen();
  }

  @Test
  void anOperationWhoseOwnAcceptorAbstainsGoesOnWithTheOthers() {
    ask(set("v"));
    stores(2, held(NOTHING));
    says(stores(3, abstained()), announce(Event.STRONG_REJOIN), sendAt(hlc(0), B, 7), sendAt(hlc(0), C, 8));
    says(answers(4, promised()));
    var accept = accept(ballot(0), chosen(NOTHING, "v", hlc(1)), firstResult(), ballot(2));
    says(answers(5, promised()), store(9, accept), asks(B, 10, hlc(2), accept), asks(C, 11, hlc(2), accept));
  }

  @Test
  void aCachedBallotOfOneThatAbstainsIsNotUsed() {
    var before = firstOperation("v");
    ask(set("w"));
    stores(14, held(before));
    answers(15, accepted());
    var effects = stores(17, abstained());
    assertThat(effects).contains(announce(Event.STRONG_AGAIN), store(21, fetchMine()), store(22, prepare(ballot(5))));
    assertThat(effects).noneMatch(
        effect -> effect instanceof Effect.Store store && store.step() instanceof StoreStep.Merge);
  }

  @Test
  void aReadWhoseOwnReplicaAbstainsRejoinsAndAsksTheOthers() {
    ask(new Request.Read(MINE, Level.STRONG));
    says(stores(1, abstained()), announce(Event.STRONG_REJOIN), send(B, 4, fetchMine()), send(C, 5, fetchMine()));
    says(answers(2, new AcceptorAnswer.Queried(THEIRS, ON_B, ON_B)), send(C, 6, query()));
    says(answers(6, new AcceptorAnswer.Queried(THEIRS, ON_B, ON_B)), announce(Event.STRONG_READ_AT_ONCE),
        reply(found(ON_B)));
  }

  @Test
  void whoSeesAnotherRingIsRefused() {
    var step = new AcceptorStep.Prepare(MINE, new Epoch(EPOCH.ring() + 1, 0), THEIRS);
    says(peerAsks(40, step),
        answersPeer(40, failed(Cause.BUSY, "the nodes do not agree on the ring yet")));
    nothingIsOpen();
  }

  private List<Effect> peerAsks(long id, StoreStep step) {
    return coordinator.onPeerMessage(7, new PeerMessage.Perform(id, now.wallMillis() + TIMEOUT, 0, step), now);
  }

  private static Effect answersPeer(long id, StoreAnswer answer) {
    return new Effect.Answer(7, new PeerMessage.Performed(id, 0, answer));
  }

  private Effect sendAt(long seenHlc, NodeId to, long id) {
    return send(to, id, seenHlc, fetchMine());
  }
}
