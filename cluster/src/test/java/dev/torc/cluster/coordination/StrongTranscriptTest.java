package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Hlc;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StrongTranscriptTest extends StrongTranscript {

  @Test
  void theFirstOperationPreparesAcceptsAndCommitsHereFirst() {
    var chosen = chosen(NOTHING, "v", hlc(1));
    says(ask(set("v")), announce(Event.STRONG), store(2, fetchMine()), store(3, prepare(ballot(0))),
        asks(B, 4, hlc(0), prepare(ballot(0))),
        asks(C, 5, hlc(0), prepare(ballot(0))));
    says(stores(2, held(NOTHING)));
    says(stores(3, promised()));
    var accept = accept(ballot(0), chosen, firstResult(), ballot(2));
    says(answers(4, promised()), store(6, accept), asks(B, 7, hlc(2), accept), asks(C, 8, hlc(2), accept));
    says(answers(8, accepted()));
    says(stores(6, accepted()), store(9, commit(chosen)));
    says(stores(9, merged()), asks(B, 10, hlc(2), commit(chosen)), asks(C, 11, hlc(2), commit(chosen)));
    says(answers(10, merged()), reply(changed(chosen)));
    says(answers(11, merged()));
    nothingIsOpen();
  }

  @Test
  void theFirstOperationCostsEachPeerThreeMessages() {
    assertThat(messagesTo(B, this::first)).isEqualTo(3);
    coordinator = coordinator(THREE, 100, B, C);
    assertThat(messagesTo(C, this::first)).isEqualTo(3);
  }

  @Test
  void theNextOneNeedsOneRoundTripAndACommit() {
    var before = firstOperation("v");
    var chosen = chosen(before, "w", hlc(3));
    var results = firstResult().with(id(1), 1, DONE, hlc(3));
    says(ask(set("w")), announce(Event.STRONG), store(14, fetchMine()));
    var accept = acceptCached(ballot(2), chosen, results, ballot(4));
    says(stores(14, held(before)), asks(B, 15, hlc(4), accept), asks(C, 16, hlc(4), accept));
    says(answers(16, accepted()), store(17, accept));
    says(stores(17, accepted()), store(18, commit(chosen)));
    says(stores(18, merged()), asks(B, 19, hlc(4), commit(chosen)), asks(C, 20, hlc(4), commit(chosen)));
    says(answers(20, merged()), reply(changed(chosen)));
    nothingIsOpen();
  }

  @Test
  void theNextOneCostsEachPeerTwoMessages() {
    firstOperation("v");
    assertThat(messagesTo(B, this::next)).isEqualTo(2);
    coordinator = coordinator(THREE, 100, B, C);
    firstOperation("v");
    assertThat(messagesTo(C, this::next)).isEqualTo(2);
  }

  @Test
  void theClientIsToldOnlyWhenAMajorityHasMerged() {
    ask(set("v"));
    stores(2, held(NOTHING));
    answers(4, promised());
    answers(5, promised());
    says(answers(7, accepted()));
    says(answers(8, accepted()), store(9, commit(chosen(NOTHING, "v", hlc(1)))));
    says(answers(10, merged()));
    assertThat(stores(9, merged())).hasSize(2).noneMatch(Effect.Reply.class::isInstance);
    says(answers(10, failed(StoreAnswer.Cause.DISK, "full")));
    says(answers(11, merged()), reply(changed(chosen(NOTHING, "v", hlc(1)))));
  }

  @Test
  void aSecondPromiseOrAcceptanceFromOneReplicaDoesNotCount() {
    ask(set("v"));
    stores(2, held(NOTHING));
    says(answers(4, promised()));
    says(answers(4, promised()));
    assertThat(answers(5, promised())).hasSize(3);
    says(answers(7, accepted()));
    says(answers(7, accepted()));
  }

  @Test
  void nothingIsDecidedBeforeTheOwnRecordIsKnown() {
    ask(set("v"));
    says(answers(4, promised()));
    says(answers(5, promised()));
    var own = record("ordinary", 9, 5);
    var chosen = chosen(own, "v", hlc(1));
    var accept = accept(ballot(0), chosen, firstResult(), ballot(2));
    says(stores(2, held(own)), store(6, accept), asks(B, 7, hlc(2), accept), asks(C, 8, hlc(2), accept));
  }

  @Test
  void aStrongWriteHasSeenTheAcceptedValueAndEveryRecordItWasPromisedWith() {
    var accepted = record("accepted", PEERS_PROCESS, 7);
    var onB = record("b", 8, hlc(500));
    var own = record("own", 9, 3);
    ask(set("v"));
    stores(2, held(own));
    stores(3, promised());
    var seen = accepted.merge(onB).merge(own);
    var chosen = chosen(seen, "v", hlc(501));
    var results = Envelope.EMPTY.with(id(0), 0, DONE, hlc(501));
    var accept = accept(ballot(0), chosen, results, ballot(502));
    says(answers(4, promised(ballot(-9), accepted, Envelope.EMPTY, onB)), store(6, accept),
        asks(B, 7, hlc(2), accept), asks(C, 8, hlc(2), accept));
  }

  @Test
  void operationsOfOneNodeOnOneKeyQueue() {
    ask(set("v"));
    says(ask(set("w")));
    stores(2, held(NOTHING));
    stores(3, promised());
    answers(4, promised());
    var first = chosen(NOTHING, "v", hlc(1));
    assertThat(coordinator.open()).isEqualTo(4);
    answers(9, accepted());
    stores(8, accepted());
    stores(11, merged());
    says(answers(12, merged()), reply(changed(first)), announce(Event.STRONG), store(14, fetchMine()));
    assertThat(coordinator.open()).isEqualTo(2);
  }

  @Test
  void oneThatWaitsTooLongInTheQueueIsRefusedAndNothingOfItDone() {
    ask(set("v"));
    says(ask(new Request.Strong(MINE, put("w", Condition.ALWAYS), new Terms(Level.STRONG, 0, 100))));
    says(afterMillis(98), announce(Event.STRONG_CONTENTION), reply(new Outcome.Refused(Reason.CONTENTION,
        "other strong operations on the key were in the way in 90 ms; nothing was applied")));
    stores(2, held(NOTHING));
    stores(3, promised());
    answers(4, promised());
    assertThat(coordinator.open()).isEqualTo(2);
  }

  @Test
  void whenOneIsGivenUpTheNextInTheQueueGoesOn() {
    ask(set("v"));
    now = now.plus(100);
    says(ask(set("w")));
    var effects = afterMillis(PROPOSAL_TIMEOUT - 92);
    var ballot = new Ballot(Hlc.atMillis(now.wallMillis()), PROCESS);
    says(effects, reply(unanswered()), announce(Event.STRONG), store(8, fetchMine()), store(9, prepare(ballot)),
        asks(B, 10, ballot.counter(), prepare(ballot)), asks(C, 11, ballot.counter(), prepare(ballot)));
  }

  @Test
  void withFewerThanAMajorityLiveNothingIsSent() {
    coordinator = coordinator(THREE, 100);
    says(ask(set("v")), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level strong needs 2 of the key's 3 replicas, 1 can be reached")));
    nothingIsOpen();
  }

  @Test
  void aReplicaThatIsDownIsNotAsked() {
    coordinator = coordinator(THREE, 100, B);
    says(ask(set("v")), announce(Event.STRONG), store(2, fetchMine()), store(3, prepare(ballot(0))),
        asks(B, 4, hlc(0), prepare(ballot(0))));
    stores(2, held(NOTHING));
    stores(3, promised());
    var accept = accept(ballot(0), chosen(NOTHING, "v", hlc(1)), firstResult(), ballot(2));
    says(answers(4, promised()), store(5, accept), asks(B, 6, hlc(2), accept));
  }

  @Test
  void aNodeByItselfIsAMajority() {
    var alone = ring(3, SELF);
    coordinator = coordinator(alone, 100);
    var epoch = new Epoch(alone.digest(), 0);
    says(ask(set("v")), announce(Event.STRONG), store(2, fetchMine()),
        store(3, new AcceptorStep.Prepare(MINE, epoch, ballot(0))));
    stores(2, held(NOTHING));
    var chosen = chosen(NOTHING, "v", hlc(1));
    says(stores(3, promised()), store(4, new AcceptorStep.Accept(MINE, epoch, ballot(0), chosen, firstResult(),
        ballot(2), false)));
    says(stores(4, accepted()), store(5, commit(chosen)));
    says(stores(5, merged()), reply(new Outcome.Changed(DONE, chosen.version(), 1)));
    nothingIsOpen();
  }

  @Test
  void amongFiveABallotIsNeverCached() {
    var key = keyOf(FIVE, SELF);
    coordinator = coordinator(FIVE, 100, B, C, D, E);
    assertThat(prepares(key)).isEqualTo(5);
    stores(2, held(NOTHING));
    stores(3, promised());
    answers(4, promised());
    answers(5, promised());
    stores(8, accepted());
    answers(9, accepted());
    answers(10, accepted());
    stores(13, merged());
    answers(14, merged());
    assertThat(answers(15, merged())).hasSize(1).allMatch(Effect.Reply.class::isInstance);
    assertThat(prepares(key)).isEqualTo(5);
  }

  private long prepares(Key key) {
    return ask(new Request.Strong(key, put("v", Condition.ALWAYS), Terms.of(Level.STRONG))).stream()
        .filter(effect -> stepOf(effect) instanceof AcceptorStep.Prepare).count();
  }

  private static StoreStep stepOf(Effect effect) {
    if (effect instanceof Effect.Store store) {
      return store.step();
    }
    return effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Perform perform
        ? perform.step()
        : null;
  }

  private static Outcome unanswered() {
    return new Outcome.Refused(Reason.WRITE_LEVEL,
        "strong needs 2 of the key's 3 replicas, they did not answer in 900 ms; nothing was applied");
  }

  private List<Effect> first() {
    var all = new ArrayList<Effect>(ask(set("v")));
    all.addAll(stores(2, held(NOTHING)));
    all.addAll(stores(3, promised()));
    all.addAll(answers(4, promised()));
    all.addAll(stores(6, accepted()));
    all.addAll(answers(7, accepted()));
    all.addAll(stores(9, merged()));
    all.addAll(answers(10, merged()));
    return all;
  }

  private List<Effect> next() {
    var all = new ArrayList<Effect>(ask(set("w")));
    all.addAll(stores(14, held(chosen(NOTHING, "v", hlc(1)))));
    all.addAll(answers(15, accepted()));
    all.addAll(stores(17, accepted()));
    all.addAll(stores(18, merged()));
    all.addAll(answers(19, merged()));
    return all;
  }

  private static long messagesTo(NodeId peer, Supplier<List<Effect>> operation) {
    var effects = operation.get();
    assertThat(effects.getLast()).isInstanceOf(Effect.Reply.class);
    return effects.stream().filter(effect -> effect instanceof Effect.Send send && send.to().equals(peer)).count();
  }
}
