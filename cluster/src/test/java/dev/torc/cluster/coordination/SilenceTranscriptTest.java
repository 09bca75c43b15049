package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;
import org.junit.jupiter.api.Test;

/** What a write leaves for a replica that says nothing when those who stand in say nothing either, or nobody waits for them. Five nodes, three replicas, this node the first. */
class SilenceTranscriptTest extends Transcript {
  private static final long HLC = 5 << 16;
  private static final StoredRecord MINE = record("v", 9, HLC);
  private static final Ring RING = ringWhereSelfIs(0);
  private static final NodeId SECOND = RING.preferenceList(KEY.slot()).nodes().get(1);
  private static final NodeId THIRD = RING.preferenceList(KEY.slot()).nodes().get(2);
  private static final NodeId FOURTH = RING.fallbacks(KEY.slot()).get(0);
  private static final NodeId FIFTH = RING.fallbacks(KEY.slot()).get(1);
  /** Until a silent node is made up for, and the step of the clock that notices it. */
  private static final long SILENCE = TIMEOUT / 2 + 8;

  @Test
  void aSilentStandInIsMadeUpForByTheNextAndThatCountsInTime() {
    live(SECOND, FOURTH, FIFTH);
    ask(write("v", Level.SLOPPY));
    says(stores(1, stored(MINE)), send(SECOND, 2, HLC, merge(MINE)), send(FOURTH, 3, HLC, keep(THIRD, MINE)));
    says(afterMillis(SILENCE), sendNow(FIFTH, 4, keep(SECOND, MINE)), store(5, keep(THIRD, MINE)));
    says(stores(5, merged()));
    says(answers(4, merged()), reply(written(MINE, 1)));
    nothingIsOpen();
  }

  @Test
  void behindTheLastWhoStandsInThisNodeHoldsItAndWhoComesLateStillCounts() {
    live(FOURTH, SECOND);
    ask(write("v", Level.SLOPPY));
    stores(1, stored(MINE));
    says(afterMillis(SILENCE), store(4, keep(SECOND, MINE)), store(5, keep(THIRD, MINE)));
    stores(4, merged());
    stores(5, merged());
    says(answers(3, merged()), reply(written(MINE, 1)));
    nothingIsOpen();
  }

  @Test
  void aStandInThatFailsWhenTheNextIsAskedAlreadyMakesNoThird() {
    live(SECOND, FOURTH, FIFTH);
    ask(write("v", Level.QUORUM));
    stores(1, stored(MINE));
    answers(2, merged());
    says(afterMillis(SILENCE), sendNow(FIFTH, 4, keep(THIRD, MINE)));
    says(answers(3, failed(StoreAnswer.Cause.DISK, "full")));
    says(answers(4, merged()));
    nothingIsOpen();
  }

  @Test
  void whatIsOpenWhenTheTimeIsUpThisNodeHolds() {
    live(SECOND, THIRD, FOURTH, FIFTH);
    ask(write("v", Level.QUORUM));
    stores(1, stored(MINE));
    answers(2, merged());
    says(afterMillis(SILENCE), sendNow(FOURTH, 4, keep(THIRD, MINE)));
    says(afterMillis(SILENCE), store(5, keep(THIRD, MINE)));
    nothingIsOpen();
  }

  @Test
  void aWriteWithoutAVerdictIsHeldToo() {
    live(SECOND, THIRD, FOURTH, FIFTH);
    ask(write("v", Level.QUORUM));
    stores(1, stored(MINE));
    says(afterMillis(SILENCE), sendNow(FOURTH, 4, keep(SECOND, MINE)), sendNow(FIFTH, 5, keep(THIRD, MINE)));
    says(afterMillis(SILENCE), store(6, keep(SECOND, MINE)), store(7, keep(THIRD, MINE)),
        reply(new Outcome.Uncertain("1 of 2 acknowledged in 1000 ms, the write may be applied")));
    nothingIsOpen();
  }

  @Test
  void whereTooMuchIsOpenWhatASlowReplicaHasNotTakenIsHeldAtOnce() {
    crowded();
    afterMillis(LATE + 8);
    ask(write("v", Level.QUORUM));
    stores(5, stored(MINE));
    says(answers(6, merged()), reply(written(MINE)), store(8, keep(THIRD, MINE)));
  }

  @Test
  void whereTooMuchIsOpenNobodyWaitsForWhoIsNotLateAndThatIsCounted() {
    crowded();
    ask(write("v", Level.QUORUM));
    stores(5, stored(MINE));
    says(answers(6, merged()), reply(written(MINE)), announce(Event.WRITE_LET_GO));
  }

  /** One operation is open for the sake of the third, four ids are used, and another one would be too many. */
  private void crowded() {
    coordinator = coordinator(RING, 4, SECOND, THIRD, FOURTH, FIFTH);
    ask(write("v", Level.QUORUM));
    stores(1, stored(MINE));
    says(answers(2, merged()), reply(written(MINE)));
  }

  private void live(NodeId... peers) {
    coordinator = coordinator(RING, 100, peers);
  }

  private Effect sendNow(NodeId to, long id, StoreStep step) {
    return send(to, id, HLC, step);
  }
}
