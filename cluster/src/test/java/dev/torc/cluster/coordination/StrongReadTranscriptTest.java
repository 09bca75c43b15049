package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;
import org.junit.jupiter.api.Test;

class StrongReadTranscriptTest extends StrongTranscript {
  private static final Request READ = new Request.Read(MINE, Level.STRONG);
  private static final StoredRecord OLD = record("old", PEERS_PROCESS, hlc(-9));
  private static final StoredRecord NEW = then(OLD, "new", PEERS_PROCESS, hlc(-5));
  private static final Ballot FIRST_ROUND = ballot(-10);
  private static final Ballot SECOND_ROUND = ballot(-6);

  @Test
  void anUndisputedReadTakesOneRoundTripAndWritesNothing() {
    says(ask(READ), store(1, query()), send(B, 2, query()));
    says(stores(1, queried(SECOND_ROUND, NEW, NEW)));
    says(answers(2, queried(SECOND_ROUND, NEW, NEW)), announce(Event.STRONG_READ_AT_ONCE), reply(found(NEW)));
    nothingIsOpen();
  }

  @Test
  void whatNobodyEverWroteIsNothing() {
    ask(READ);
    stores(1, queried(Ballot.NONE, NOTHING, NOTHING));
    says(answers(2, queried(Ballot.NONE, NOTHING, NOTHING)), announce(Event.STRONG_READ_AT_ONCE),
        reply(found(NOTHING)));
    nothingIsOpen();
  }

  @Test
  void aRecordThatIsNotWhatWasAcceptedIsDisputedThoughBothHoldIt() {
    ask(READ);
    says(stores(1, queried(FIRST_ROUND, OLD, NEW)));
    says(answers(2, queried(FIRST_ROUND, OLD, NEW)), send(C, 3, query()));
    says(answers(3, queried(FIRST_ROUND, OLD, NEW)), announce(Event.STRONG), store(6, fetchMine()),
        store(7, prepare(ballot(0))),
        asks(B, 8, hlc(0), prepare(ballot(0))), asks(C, 9, hlc(0), prepare(ballot(0))));
  }

  @Test
  void acceptedByAMajorityButNotYetCommittedIsDisputed() {
    ask(READ);
    stores(1, queried(SECOND_ROUND, NEW, NEW));
    says(answers(2, queried(SECOND_ROUND, NEW, OLD)), send(C, 3, query()));
    says(answers(3, queried(SECOND_ROUND, NEW, OLD)), announce(Event.STRONG), store(6, fetchMine()),
        store(7, prepare(ballot(0))),
        asks(B, 8, hlc(0), prepare(ballot(0))), asks(C, 9, hlc(0), prepare(ballot(0))));
  }

  @Test
  void theSameValueInDifferentRoundsIsDisputed() {
    ask(READ);
    stores(1, queried(SECOND_ROUND, NEW, NEW));
    says(answers(2, queried(FIRST_ROUND, NEW, NEW)), send(C, 3, query()));
  }

  @Test
  void aThirdThatAgreesWithOneSettlesIt() {
    ask(READ);
    stores(1, queried(SECOND_ROUND, NEW, NEW));
    answers(2, queried(FIRST_ROUND, OLD, OLD));
    says(answers(3, queried(SECOND_ROUND, NEW, NEW)), announce(Event.STRONG_READ_AT_ONCE), reply(found(NEW)));
    nothingIsOpen();
  }

  @Test
  void aLateReplicaIsNotWaitedFor() {
    ask(READ);
    stores(1, queried(SECOND_ROUND, NEW, NEW));
    var deadline = now.wallMillis() + TIMEOUT;
    says(afterMillis(LATE + 8),
        new Effect.Send(C, new PeerMessage.Perform(FIRST + 3, deadline + LATE + 8, 0, query())));
    says(answers(3, queried(SECOND_ROUND, NEW, NEW)), announce(Event.STRONG_READ_AT_ONCE), reply(found(NEW)));
    nothingIsOpen();
  }

  @Test
  void aDisputedReadIsDecidedByARoundThatEndsInItsPromisesIfTheyAgree() {
    dispute();
    stores(6, held(NEW));
    stores(7, promised(FIRST_ROUND, NEW, Envelope.EMPTY, NEW));
    says(answers(8, promised(FIRST_ROUND, NEW, Envelope.EMPTY, NEW)), reply(found(NEW)));
    nothingIsOpen();
  }

  @Test
  void otherwiseItIsAcceptedAndCommittedBeforeItIsAnswered() {
    dispute();
    stores(6, held(NEW));
    stores(7, promised(FIRST_ROUND, OLD, Envelope.EMPTY, NEW));
    var accept = accept(ballot(0), NEW, Envelope.EMPTY, ballot(1));
    says(answers(8, promised(FIRST_ROUND, OLD, Envelope.EMPTY, NEW)), store(10, accept), asks(B, 11, hlc(1), accept),
        asks(C, 12, hlc(1), accept));
    says(answers(11, accepted()));
    says(stores(10, accepted()), store(13, commit(NEW)));
    says(stores(13, merged()), asks(B, 14, hlc(1), commit(NEW)), asks(C, 15, hlc(1), commit(NEW)));
    says(answers(15, merged()), reply(found(NEW)));
    says(answers(14, merged()));
    nothingIsOpen();
  }

  @Test
  void aReadThatFailsIsRefusedAndNeverUncertain() {
    dispute();
    stores(6, held(NEW));
    stores(7, promised(FIRST_ROUND, OLD, Envelope.EMPTY, NEW));
    answers(8, promised(FIRST_ROUND, OLD, Envelope.EMPTY, NEW));
    says(afterMillis(PROPOSAL_TIMEOUT + 8), reply(new Outcome.Refused(Reason.READ_LEVEL,
        "strong needs 2 of the key's 3 replicas, they did not answer in 900 ms; nothing was applied")));
    nothingIsOpen();
  }

  @Test
  void withFewerThanAMajorityLiveItIsRefused() {
    coordinator = coordinator(THREE, 100);
    says(ask(READ), reply(new Outcome.Refused(Reason.READ_LEVEL,
        "read level strong needs 2 of the key's 3 replicas, 1 can be reached")));
  }

  @Test
  void withoutAnswersItIsRefused() {
    ask(READ);
    stores(1, queried(SECOND_ROUND, NEW, NEW));
    afterMillis(LATE + 8);
    says(timeOut(), reply(new Outcome.Refused(Reason.READ_LEVEL,
        "read level strong needs 2 replicas, 1 answered in 1000 ms")));
    nothingIsOpen();
  }

  @Test
  void whoeverFailsIsReplacedByTheNext() {
    ask(READ);
    stores(1, queried(SECOND_ROUND, NEW, NEW));
    says(answers(2, failed(Cause.BUSY, "the nodes do not agree on the ring yet")), send(C, 3, query()));
    says(answers(3, queried(SECOND_ROUND, NEW, NEW)), announce(Event.STRONG_READ_AT_ONCE), reply(found(NEW)));
    nothingIsOpen();
  }

  private void dispute() {
    ask(READ);
    stores(1, queried(SECOND_ROUND, NEW, OLD));
    answers(2, queried(FIRST_ROUND, OLD, NEW));
    answers(3, failed(Cause.DISK, "broken"));
  }

  private static StoreAnswer queried(Ballot accepted, StoredRecord value, StoredRecord held) {
    return new AcceptorAnswer.Queried(accepted, value, held);
  }
}
