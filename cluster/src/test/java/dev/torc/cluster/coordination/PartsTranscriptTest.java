package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a replica tells that is catching up. */
class PartsTranscriptTest extends Transcript {
  private static final StoredRecord OLD = record("old", 9, 1);
  private static final StoredRecord NEW = then(OLD, "new", 9, 2);
  private static final NodeId SECOND = other(THREE, 0);
  private static final NodeId THIRD = other(THREE, 1);

  @Test
  void itIsNoPartOfAQuorumButMergedAndRepaired() {
    ask(read(Level.QUORUM));
    says(stores(1, partly(OLD)), send(THIRD, 3, fetchIfSmall()));
    says(answers(2, held(NEW)));
    says(answers(3, held(NEW)), reply(found(NEW)), announce(Event.REPAIRED_BEHIND), store(4, merge(NEW)));
    says(stores(4, merged()));
    nothingIsOpen();
  }

  @Test
  void aQuorumWithoutEnoughOfTheOthersIsRefused() {
    ask(read(Level.QUORUM));
    stores(1, partly(NEW));
    says(answers(2, partly(NEW)),
        reply(refused("read level quorum needs 2 replicas, 0 answered, 2 are catching up")));
    nothingIsOpen();
  }

  @Test
  void oneIsAskedElsewhereAndTakenOnlyIfThereIsNobodyElse() {
    ask(read(Level.ONE));
    says(stores(1, partly(OLD)), send(SECOND, 2, fetchIfSmall()));
    says(answers(2, held(NEW)), reply(found(NEW, 1)), announce(Event.REPAIRED_BEHIND), store(3, merge(NEW)));
    stores(3, merged());
    ask(read(Level.ONE));
    stores(5, partly(OLD));
    answers(6, failed(Cause.DISK, "broken"));
    says(answers(7, failed(Cause.DISK, "broken")), reply(found(OLD, 1)));
    nothingIsOpen();
  }

  @Test
  void whoCatchesUpIsAskedLastForAWhile() {
    ask(read(Level.QUORUM));
    stores(1, held(NEW));
    answers(2, partly(NEW));
    answers(3, held(NEW));
    says(ask(read(Level.QUORUM)), store(5, fetch()), send(THIRD, 6, fetchIfSmall()));
    now = now.plus(Latencies.IN_PART_MILLIS);
    says(ask(read(Level.QUORUM)), store(8, fetch()), send(SECOND, 9, fetchIfSmall()));
  }

  @Test
  void aNodeThatCatchesUpItselfAsksTheOthersFirst() {
    ask(read(Level.ONE));
    stores(1, partly(OLD));
    answers(2, held(NEW));
    stores(3, merged());
    says(ask(read(Level.QUORUM)), send(SECOND, 5, fetch()), send(THIRD, 6, fetchIfSmall()));
  }

  @Test
  void whoCatchesUpIsAskedBeforeOneThatIsSlow() {
    ask(read(Level.QUORUM));
    stores(1, held(NEW));
    answers(2, partly(NEW));
    afterMillis(LATE + 8);
    says(ask(read(Level.QUORUM)), announce(Event.SLOW_PASSED_OVER), store(5, fetch()),
        send(SECOND, 6, fetchIfSmall()));
  }

  private static StoreAnswer partly(StoredRecord record) {
    return new StoreAnswer.Partly(held(record));
  }

  private static Outcome refused(String detail) {
    return new Outcome.Refused(Reason.READ_LEVEL, detail);
  }

  private static NodeId other(Ring ring, int place) {
    List<NodeId> nodes = ring.preferenceList(KEY.slot()).nodes();
    return nodes.stream().filter(node -> !node.equals(SELF)).toList().get(place);
  }
}
