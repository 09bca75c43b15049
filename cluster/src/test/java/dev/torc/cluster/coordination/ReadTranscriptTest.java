package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadTranscriptTest extends Transcript {
  private static final StoredRecord OLD = record("old", 9, 1);
  private static final StoredRecord NEW = then(OLD, "new", 9, 2);
  private static final NodeId SECOND = other(THREE, 0);
  private static final NodeId THIRD = other(THREE, 1);

  @Test
  void twoThatAgreeAreAQuorum() {
    says(ask(read(Level.QUORUM)), store(1, fetch()), send(SECOND, 2, fetchIfSmall()));
    says(stores(1, held(NEW)));
    says(answers(2, held(NEW)), reply(found(NEW)));
    nothingIsOpen();
  }

  @Test
  void nothingHeldByTwoIsNothing() {
    ask(read(Level.QUORUM));
    stores(1, held(NOTHING));
    says(answers(2, held(NOTHING)), reply(found(NOTHING)));
    nothingIsOpen();
  }

  @Test
  void oneThatIsBehindIsRepairedBeforeTheAnswer() {
    ask(read(Level.QUORUM));
    stores(1, held(OLD));
    says(answers(2, held(NEW)), announce(Event.REPAIRED_BEFORE_ANSWER), store(3, merge(NEW)));
    says(stores(3, merged()), reply(found(NEW)));
    nothingIsOpen();
  }

  @Test
  void twoConcurrentValuesGoToBothBeforeTheAnswer() {
    var other = record("other", 8, 1);
    ask(read(Level.QUORUM));
    stores(1, held(OLD));
    var both = OLD.merge(other);
    says(answers(2, held(other)), announce(Event.REPAIRED_BEFORE_ANSWER), store(3, merge(both)),
        send(SECOND, 4, merge(both)));
    says(stores(3, merged()));
    says(answers(4, merged()), announce(Event.SIBLINGS), reply(found(both)));
    nothingIsOpen();
  }

  @Test
  void oneReplicasWordIsNotComparedWithAnything() {
    says(ask(read(Level.ONE)), store(1, fetch()));
    says(stores(1, held(OLD)), reply(found(OLD, 1)));
    nothingIsOpen();
  }

  @Test
  void whenOneIsLateTheThirdIsAsked() {
    ask(read(Level.QUORUM));
    stores(1, held(NEW));
    says(afterMillis(LATE + 8), announce(Event.ASKED_MORE), send(THIRD, 3, fetchIfSmall()));
    says(answers(3, held(NEW)), reply(found(NEW)));
  }

  @Test
  void whoAnswersAfterTheClientAndIsBehindIsRepairedBeside() {
    ask(read(Level.QUORUM));
    stores(1, held(NEW));
    afterMillis(LATE + 8);
    answers(3, held(NEW));
    says(answers(2, held(OLD)), announce(Event.REPAIRED_BEHIND), send(SECOND, 4, merge(NEW)));
    says(answers(4, merged()));
    nothingIsOpen();
  }

  @Test
  void whoNeverAnswersKeepsNothingOpen() {
    ask(read(Level.QUORUM));
    stores(1, held(NEW));
    afterMillis(LATE + 8);
    says(answers(3, held(NEW)), reply(found(NEW)));
    says(timeOut());
    nothingIsOpen();
  }

  @Test
  void anAnswerToWhatWasNotAskedIsAFailureAndNothingWorse() {
    ask(read(Level.QUORUM));
    says(stores(1, held(NEW)));
    says(answers(2, merged()), send(THIRD, 3, fetchIfSmall()));
    says(answers(3, held(NEW)), reply(found(NEW)));
    nothingIsOpen();
  }

  @Test
  void aFailureMovesOnToTheThird() {
    ask(read(Level.QUORUM));
    says(stores(1, failed(Cause.DISK, "unreadable")), send(THIRD, 3, fetchIfSmall()));
    says(answers(2, held(NEW)));
    says(answers(3, held(NEW)), reply(found(NEW)));
  }

  @Test
  void withoutAQuorumTheReadIsRefusedAndAnAnswerThatStillComesIsIgnored() {
    ask(read(Level.QUORUM));
    says(undelivered(2), send(THIRD, 3, fetchIfSmall()));
    says(coordinator.onPeerDown(THIRD, now), reply(
        new Outcome.Refused(Reason.READ_LEVEL, "read level quorum needs 2 replicas, 0 answered")));
    nothingIsOpen();
    says(stores(1, held(NOTHING)));
  }

  @Test
  void whatTimedOutKeepsNothingOpen() {
    ask(read(Level.QUORUM));
    stores(1, held(NEW));
    afterMillis(LATE + 8);
    says(timeOut(), reply(
        new Outcome.Refused(Reason.READ_LEVEL, "read level quorum needs 2 replicas, 1 answered in 1000 ms")));
    nothingIsOpen();
  }

  @Test
  void whatCannotBeReachedIsRefusedAtOnce() {
    coordinator = coordinator(THREE, 100);
    says(ask(read(Level.QUORUM)), reply(new Outcome.Refused(Reason.READ_LEVEL,
        "read level quorum needs 2 of the key's 3 replicas, 1 can be reached")));
    nothingIsOpen();
  }

  @Test
  void aLargeValueComesFromOneReplicaAndTheOthersVersionIsEnough() {
    var large = then(OLD, "longer than sixteen bytes", 9, 3);
    ask(read(Level.QUORUM));
    stores(1, held(large));
    says(answers(2, heldVersion(large.version())), reply(found(large)));
    nothingIsOpen();
  }

  @Test
  void aLargeValueThatOnlyTheOtherHasIsFetchedAfterAll() {
    var large = then(OLD, "longer than sixteen bytes", 9, 3);
    ask(read(Level.QUORUM));
    stores(1, held(OLD));
    says(answers(2, heldVersion(large.version())), send(SECOND, 3, fetch()));
    says(answers(3, held(large)), announce(Event.REPAIRED_BEFORE_ANSWER), store(4, merge(large)));
    says(stores(4, merged()), reply(found(large)));
    nothingIsOpen();
  }

  @Test
  void whoGaveAVersionButNotTheRecordDoesNotCount() {
    var large = then(OLD, "longer than sixteen bytes", 9, 3);
    ask(read(Level.QUORUM));
    stores(1, held(OLD));
    answers(2, heldVersion(large.version()));
    says(undelivered(3), send(THIRD, 4, fetchIfSmall()));
    says(answers(4, held(OLD)), reply(found(OLD)));
  }

  /** Of five, two that gave their records and one that only named its version are not three. */
  @Test
  void anAnswerThatIsWithdrawnIsMadeUpForByAnother() {
    coordinator = coordinator(FIVE, 100, B, C, D, E);
    var large = then(OLD, "longer than sixteen bytes", 9, 3);
    var newest = then(large, "newest", 9, 4);
    says(ask(read(Level.QUORUM)), store(1, fetch()), send(other(FIVE, 0), 2, fetchIfSmall()),
        send(other(FIVE, 1), 3, fetchIfSmall()));
    stores(1, held(OLD));
    says(answers(2, heldVersion(large.version())));
    says(answers(3, heldVersion(large.version())), send(other(FIVE, 0), 4, fetch()), send(other(FIVE, 1), 5, fetch()));
    says(undelivered(4), send(other(FIVE, 2), 6, fetchIfSmall()));
    says(answers(5, held(large)));
    says(answers(6, held(newest)), announce(Event.REPAIRED_BEFORE_ANSWER), store(7, merge(newest)),
        send(other(FIVE, 1), 8, merge(newest)));
    stores(7, merged());
    says(answers(8, merged()), reply(found(newest, 3)));
    nothingIsOpen();
  }

  @Test
  void whenARepairFailsAnotherReplicaMakesUpTheQuorum() {
    ask(read(Level.QUORUM));
    stores(1, held(OLD));
    answers(2, held(NEW));
    says(stores(3, failed(Cause.DISK, "full")), send(THIRD, 4, fetchIfSmall()));
    says(answers(4, held(OLD)), send(THIRD, 5, merge(NEW)));
    says(answers(5, merged()), reply(found(NEW)));
    nothingIsOpen();
  }

  private static NodeId other(Ring ring, int place) {
    List<NodeId> nodes = ring.preferenceList(KEY.slot()).nodes();
    return nodes.stream().filter(node -> !node.equals(SELF)).toList().get(place);
  }
}
