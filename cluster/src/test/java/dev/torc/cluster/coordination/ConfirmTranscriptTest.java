package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Explained.Copy;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who holds a write, and what each replica has of a key. Requests go out in the order of the preference list, ids from 2 on, or from 1. */
class ConfirmTranscriptTest extends Transcript {
  private static final StoredRecord OLD = record("old", 9, 1);
  private static final StoredRecord NEW = then(OLD, "new", 9, 2);
  private static final List<NodeId> REPLICAS = THREE.preferenceList(KEY.slot()).nodes();
  private static final int OWN = REPLICAS.indexOf(SELF);
  private static final int SECOND = OWN == 0 ? 1 : 0;
  private static final int THIRD = 3 - OWN - SECOND;

  @Test
  void itEndsWhenEnoughOthersHoldIt() {
    says(ask(confirm(1)), asked(0, 2, isHeld()), asked(1, 3, isHeld()), asked(2, 4, isHeld()));
    says(answer(OWN, 2 + OWN, holds(true)));
    says(answer(SECOND, 2 + SECOND, holds(true)), reply(new Outcome.Confirmed(1, true, true)));
    nothingIsOpen();
  }

  @Test
  void whoDoesNotHoldItIsSentItAndAskedAgain() {
    ask(confirm(1));
    says(answer(SECOND, 2 + SECOND, holds(false)));
    says(answer(OWN, 2 + OWN, holds(true)), asked(OWN, 5, fetch()));
    says(answer(OWN, 5, held(NEW)), asked(SECOND, 6, merge(NEW)));
    says(answer(SECOND, 6, merged()), asked(SECOND, 7, isHeld()));
    says(answer(SECOND, 7, holds(true)), reply(new Outcome.Confirmed(1, true, true)));
    nothingIsOpen();
  }

  @Test
  void whereNobodyHoldsItAllAreAskedAgainAfterAWhile() {
    ask(confirm(2));
    answer(0, 2, holds(false));
    answer(1, 3, failed(Cause.DISK, "the disk fails"));
    says(afterMillis(28), asked(0, 5, isHeld()), asked(1, 6, isHeld()));
    says(timeOut(), reply(new Outcome.Confirmed(0, false, false)));
    nothingIsOpen();
  }

  @Test
  void moreThanThereAreIsNotWaitedFor() {
    ask(confirm(7));
    answer(OWN, 2 + OWN, holds(true));
    answer(SECOND, 2 + SECOND, holds(true));
    says(answer(THIRD, 2 + THIRD, holds(true)), reply(new Outcome.Confirmed(2, true, true)));
    nothingIsOpen();
  }

  @Test
  void thisNodeIsWaitedForIfItIsWanted() {
    ask(new Request.Confirm(List.of(made()), 1, true, false, TIMEOUT));
    says(answer(SECOND, 2 + SECOND, holds(true)));
    says(answer(OWN, 2 + OWN, holds(true)), reply(new Outcome.Confirmed(1, true, true)));
  }

  @Test
  void anAnswerThatComesTwiceCountsOnce() {
    ask(confirm(2));
    answer(SECOND, 2 + SECOND, holds(true));
    says(answer(SECOND, 2 + SECOND, holds(true)));
  }

  @Test
  void ofNoWritesAllReplicasHaveAll() {
    says(ask(new Request.Confirm(List.of(), 2, false, false, TIMEOUT)), reply(new Outcome.Confirmed(2, true, true)));
    nothingIsOpen();
  }

  @Test
  void eachReplicaTellsWhatItHasAndNothingIsRepaired() {
    var small = new StoreStep.Fetch(KEY, ExplainCoordination.LARGE_BYTES);
    says(ask(explain()), asked(0, 1, small), asked(1, 2, small), asked(2, 3, small));
    answer(OWN, 1 + OWN, held(OLD));
    answer(SECOND, 1 + SECOND, heldVersion(NEW.version()));
    says(answer(THIRD, 1 + THIRD, failed(Cause.DISK, "the disk fails")), explained(
        new Copy(SELF, true, Optional.of(OLD.version()), Optional.of(OLD), false, ""),
        new Copy(REPLICAS.get(SECOND), true, Optional.of(NEW.version()), Optional.empty(), true, ""),
        new Copy(REPLICAS.get(THIRD), true, Optional.empty(), Optional.empty(), false, "the disk fails")));
    nothingIsOpen();
  }

  @Test
  void whoIsAwayOrSilentIsNamedToo() {
    coordinator = coordinator(THREE, 100, REPLICAS.get(SECOND));
    ask(explain());
    int own = OWN < SECOND ? 1 : 2;
    stores(own, held(NEW));
    says(timeOut(), explained(
        new Copy(SELF, true, Optional.of(NEW.version()), Optional.of(NEW), true, ""),
        new Copy(REPLICAS.get(SECOND), true, Optional.empty(), Optional.empty(), false, "did not answer in 1000 ms"),
        new Copy(REPLICAS.get(THIRD), false, Optional.empty(), Optional.empty(), false, "cannot be reached")));
    nothingIsOpen();
  }

  private static Effect explained(Copy own, Copy second, Copy third) {
    return reply(new Outcome.Explained(IntStream.range(0, 3)
        .mapToObj(place -> place == OWN ? own : place == SECOND ? second : third).toList()));
  }

  private static Request explain() {
    return new Request.Explain(KEY, Terms.of(Level.ONE));
  }

  private static Request confirm(int others) {
    return new Request.Confirm(List.of(made()), others, false, false, TIMEOUT);
  }

  private static Request.Confirm.Made made() {
    return new Request.Confirm.Made(KEY, NEW.version(), 0);
  }

  private static StoreStep isHeld() { return new StoreStep.Confirm(KEY, NEW.version(), false); }

  private static StoreAnswer holds(boolean holds) {
    return new StoreAnswer.Confirmed(holds);
  }

  private Effect asked(int place, long id, StoreStep step) {
    return place == OWN ? store(id, step) : send(REPLICAS.get(place), id, step);
  }

  private List<Effect> answer(int place, long id, StoreAnswer answer) {
    return place == OWN ? stores(id, answer) : answers(id, answer);
  }
}
