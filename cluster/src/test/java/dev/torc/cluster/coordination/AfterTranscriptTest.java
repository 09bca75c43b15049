package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reads and writes that come after what a client has seen, and what only the latest is kept of. */
class AfterTranscriptTest extends Transcript {
  private static final StoredRecord OLD = record("old", 9, 1);
  private static final StoredRecord NEW = then(OLD, "new", 9, 2);
  private static final NodeId SECOND = other(0);
  private static final NodeId THIRD = other(1);

  @Test
  void anAnswerThatHasSeenTheContextIsAsGoodAsAny() {
    says(ask(after(NEW, Level.ONE)), store(1, fetch()));
    says(stores(1, held(NEW)), reply(found(NEW, 1)));
    nothingIsOpen();
  }

  @Test
  void whoHasNotSeenItIsNotTheLastToBeAsked() {
    ask(after(NEW, Level.ONE));
    says(stores(1, held(OLD)), send(SECOND, 2, fetchIfSmall()), send(THIRD, 3, fetchIfSmall()));
    says(answers(2, held(OLD)));
    says(answers(3, held(NEW)), reply(new Outcome.Found(NEW, 3, Outcome.Found.UNKNOWN_AGE)),
        announce(Event.REPAIRED_BEHIND), store(4, merge(NEW)), send(SECOND, 5, merge(NEW)));
    stores(4, merged());
    answers(5, merged());
    nothingIsOpen();
  }

  @Test
  void thoseThatHaveNotSeenItAreAskedAgainUntilOneHas() {
    ask(after(NEW, Level.ONE));
    stores(1, held(OLD));
    answers(2, held(OLD));
    answers(3, held(OLD));
    says(afterMillis(28), store(4, fetchIfSmall()), send(SECOND, 5, fetchIfSmall()), send(THIRD, 6, fetchIfSmall()));
    says(answers(5, failed(Cause.BUSY, "busy")));
    says(stores(4, held(NEW)), reply(new Outcome.Found(NEW, 3, Outcome.Found.UNKNOWN_AGE)),
        announce(Event.REPAIRED_BEHIND), send(SECOND, 7, merge(NEW)), send(THIRD, 8, merge(NEW)));
  }

  @Test
  void whatNobodyHasSeenInTimeIsRefused() {
    ask(new Request.Read(KEY, new Terms(Level.ONE, 0, 40), bound(NEW)));
    stores(1, held(OLD));
    answers(2, held(OLD));
    answers(3, held(OLD));
    afterMillis(28);
    says(afterMillis(20), reply(
        new Outcome.Refused(Reason.READ_LEVEL, "no replica that answered in 40 ms has seen what the context has")));
    nothingIsOpen();
  }

  @Test
  void whatSoManyReplicasHaveNotSeenHasBeenReaped() {
    ask(unlessReaped(NEW, 2));
    says(stores(1, held(StoredRecord.EMPTY)), send(SECOND, 2, fetchIfSmall()), send(THIRD, 3, fetchIfSmall()));
    says(answers(3, held(StoredRecord.EMPTY)),
        reply(new Outcome.Found(StoredRecord.EMPTY, 2, Outcome.Found.UNKNOWN_AGE)));
    answers(2, held(StoredRecord.EMPTY));
    nothingIsOpen();
  }

  @Test
  void whatWasWrittenSinceItWasReapedIsTheAnswer() {
    var since = record("since", 8, 5);
    ask(unlessReaped(NEW, 2));
    stores(1, held(StoredRecord.EMPTY));
    says(answers(2, held(since)), reply(new Outcome.Found(since, 2, Outcome.Found.UNKNOWN_AGE)),
        announce(Event.REPAIRED_BEHIND), store(4, merge(since)));
  }

  @Test
  void fewerReplicasProveNothing() {
    ask(unlessReaped(NEW, 3));
    stores(1, held(StoredRecord.EMPTY));
    says(answers(3, held(StoredRecord.EMPTY)));
    says(answers(2, held(NEW)), reply(new Outcome.Found(NEW, 3, Outcome.Found.UNKNOWN_AGE)),
        announce(Event.REPAIRED_BEHIND), store(4, merge(NEW)), send(THIRD, 5, merge(NEW)));
  }

  @Test
  void aReplicaThatIsCatchingUpProvesNothing() {
    ask(unlessReaped(NEW, 2));
    stores(1, held(StoredRecord.EMPTY));
    says(answers(3, new StoreAnswer.Partly(held(StoredRecord.EMPTY))));
    says(answers(2, held(StoredRecord.EMPTY)),
        reply(new Outcome.Found(StoredRecord.EMPTY, 2, Outcome.Found.UNKNOWN_AGE)));
  }

  @Test
  void aContextFromTheFutureIsRefusedAtOnce() {
    var future = record("v", 9, Hlc.atMillis(now.wallMillis() + SKEW + 1));
    says(ask(after(future, Level.QUORUM)),
        reply(new Outcome.Refused(Reason.BAD_CONTEXT, "the context is further ahead than the clocks may differ")));
    nothingIsOpen();
  }

  @Test
  void whereOnlyTheLatestIsWantedTheOthersAreGivenUpOnAllThatAnswered() {
    var other = record("other", 8, 5);
    ask(new Request.Read(KEY, Terms.of(Level.QUORUM), new ReadBound(Context.NOTHING, ReadBound.ANY_AGE, true)));
    var both = OLD.merge(other);
    stores(1, held(both));
    says(answers(2, held(both)), announce(Event.LATEST_KEPT), announce(Event.REPAIRED_BEFORE_ANSWER),
        store(3, merge(both.latestOnly())), send(SECOND, 4, merge(both.latestOnly())));
    stores(3, merged());
    says(answers(4, merged()), reply(found(both.latestOnly())));
    nothingIsOpen();
  }

  /** Both have seen the same, and one has given up more of it. */
  @Test
  void whoHoldsFewerLargeValuesOfTheSameVersionIsAskedForThem() {
    var other = record("longer than sixteen bytes", 8, 5);
    var both = OLD.merge(other);
    ask(read(Level.QUORUM));
    stores(1, held(both));
    says(answers(2, new StoreAnswer.HeldVersion(both.version(), 1)), send(SECOND, 3, fetch()));
    says(answers(3, held(both.latestOnly())), announce(Event.REPAIRED_BEFORE_ANSWER),
        store(4, merge(both.latestOnly())));
    says(stores(4, merged()), reply(found(both.latestOnly())));
    nothingIsOpen();
  }

  @Test
  void aReplicaThatIsBehindTheContextCatchesUpAndWritesOnce() {
    ask(afterTheSingle(new Dot(9, 2)));
    says(stores(1, failed(Cause.BEHIND, "behind")), store(3, fetch()), send(SECOND, 4, fetchIfSmall()));
    stores(3, held(OLD));
    says(answers(4, held(NEW)), announce(Event.REPAIRED_BEFORE_ANSWER), store(5, merge(NEW)));
    says(stores(5, merged()), store(6, merge(NEW)));
    says(stores(6, merged()), store(7, afterTheSinglePut(new Dot(9, 2))));
    var mine = then(NEW, "v", 7, 3);
    says(stores(7, stored(mine)), send(SECOND, 8, 3, merge(mine)), send(THIRD, 9, 3, merge(mine)));
  }

  @Test
  void stillBehindAfterThatItIsTheContextsFault() {
    ask(afterTheSingle(new Dot(9, 2)));
    stores(1, failed(Cause.BEHIND, "behind"));
    stores(3, held(NEW));
    answers(4, held(NEW));
    stores(5, merged());
    says(stores(6, failed(Cause.BEHIND, "behind")), reply(
        new Outcome.Refused(Reason.BAD_CONTEXT, "no replica has seen the write that the context names")));
    nothingIsOpen();
  }

  @Test
  void whatTheContextNamesAndNobodyHasIsRefusedInTimeAndNotUncertain() {
    ask(afterTheSingle(new Dot(9, 7)));
    stores(1, failed(Cause.BEHIND, "behind"));
    stores(3, held(NEW));
    answers(4, held(NEW));
    answers(5, held(NEW));
    afterMillis(28);
    says(timeOut(), reply(
        new Outcome.Refused(Reason.READ_LEVEL, "no replica that answered in 1000 ms has seen what the context has")));
    nothingIsOpen();
  }

  @Test
  void oneSiblingTooManyIsRefusedAndTheLatestThatIsKeptUnseenIsTold() {
    ask(write("v", Level.ONE));
    says(stores(1, failed(Cause.SIBLINGS, "the key has 100 siblings, 7 bytes; read it and write with its context")),
        reply(new Outcome.Refused(Reason.SIBLINGS,
            "the key has 100 siblings, 7 bytes; read it and write with its context")));
    ask(write("v", Level.ONE));
    var stored = new StoreAnswer.Stored(new Dot(9, 2), NEW, StoreAnswer.Before.NOTHING, 1);
    says(stores(3, stored), announce(Event.LATEST_KEPT), send(SECOND, 4, 2, merge(NEW)), send(THIRD, 5, 2, merge(NEW)),
        reply(written(NEW, 1)));
  }

  private static Request.Write afterTheSingle(Dot dot) {
    return new Request.Write(KEY, Content.of(Bytes.of("v")), false, causality(dot), Terms.of(Level.QUORUM));
  }

  private static StoreStep afterTheSinglePut(Dot dot) {
    return new StoreStep.Put(KEY, Content.of(Bytes.of("v")), causality(dot), 0);
  }

  private static Causality causality(Dot dot) {
    return Causality.after(new Context(VersionVector.EMPTY, Optional.of(dot)));
  }

  private static Request.Read after(StoredRecord record, Level level) {
    return new Request.Read(KEY, Terms.of(level), bound(record));
  }

  private static Request.Read unlessReaped(StoredRecord record, int replicas) {
    return new Request.Read(KEY, Terms.of(Level.ONE),
        new ReadBound(Context.of(record.version()), ReadBound.ANY_AGE, false, replicas));
  }

  private static ReadBound bound(StoredRecord record) {
    return new ReadBound(Context.of(record.version()), ReadBound.ANY_AGE, false);
  }

  private static NodeId other(int place) {
    return THREE.preferenceList(KEY.slot()).nodes().stream().filter(node -> !node.equals(SELF)).toList().get(place);
  }
}
