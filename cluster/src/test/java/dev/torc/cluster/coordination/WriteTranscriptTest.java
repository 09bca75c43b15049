package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Before;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import org.junit.jupiter.api.Test;

class WriteTranscriptTest extends Transcript {
  private static final long HLC = 5 << 16;
  private static final StoredRecord MINE = record("v", 9, HLC);

  @Test
  void theOwnReplicaStampsTheOthersMergeAndTheQuorumAnswers() {
    says(ask(write("v", Level.QUORUM)), store(1, put("v")));
    says(stores(1, stored(MINE)), send(others(0), 2, HLC, merge(MINE)), send(others(1), 3, HLC, merge(MINE)));
    says(answers(2, merged()), reply(written(MINE)));
    says(answers(3, merged()));
    nothingIsOpen();
  }

  @Test
  void aSecondAckFromOneReplicaDoesNotCount() {
    ask(write("v", Level.ALL));
    stores(1, stored(MINE));
    says(answers(2, merged()));
    says(answers(2, merged()));
    says(answers(3, merged()), reply(written(MINE, 3)));
  }

  @Test
  void oneIsAnsweredByTheOwnReplicaAloneButSentToAll() {
    ask(write("v", Level.ONE));
    says(stores(1, stored(MINE)), send(others(0), 2, HLC, merge(MINE)), send(others(1), 3, HLC, merge(MINE)),
        reply(written(MINE, 1)));
    says(answers(2, merged()));
    says(answers(3, merged()));
    nothingIsOpen();
  }

  @Test
  void whatCannotBeReachedIsRefusedBeforeAnythingIsSent() {
    coordinator = coordinator(THREE, 100, B);
    says(ask(write("v", Level.ALL)), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level all needs 3 of the key's 3 replicas, 2 can be reached")));
    coordinator = coordinator(THREE, 100);
    says(ask(write("v", Level.QUORUM)), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level quorum needs 2 of the key's 3 replicas, 1 can be reached")));
    coordinator = coordinator(THREE, 100, B, C);
    coordinator = coordinator(ring(3, SELF, B), 100, B);
    says(ask(write("v", new Level.Count(3))), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level 3 needs 3 of the key's 2 replicas, 2 can be reached")));
    nothingIsOpen();
  }

  @Test
  void whatAReplicaThatIsDownIsNotToldThisNodeHoldsForItWhereNobodyElseIs() {
    coordinator = coordinator(THREE, 100, B);
    ask(write("v", Level.QUORUM));
    says(stores(1, stored(MINE)), send(B, 2, HLC, merge(MINE)), store(3, keep(C, MINE)));
    says(answers(2, merged()), reply(written(MINE)));
    says(stores(3, merged()));
    nothingIsOpen();
  }

  @Test
  void whatIsStampedButNotAcknowledgedIsUncertain() {
    ask(write("v", Level.QUORUM));
    stores(1, stored(MINE));
    says(undelivered(2), store(4, keep(others(0), MINE)));
    says(stores(4, merged()));
    says(answers(3, failed(StoreAnswer.Cause.DISK, "full")), store(5, keep(others(1), MINE)),
        reply(new Outcome.Uncertain("1 of 2 acknowledged, the write may be applied")));
    says(stores(5, merged()));
    nothingIsOpen();
  }

  @Test
  void whatIsNotAcknowledgedInTimeIsUncertain() {
    ask(write("v", Level.QUORUM));
    stores(1, stored(MINE));
    says(afterMillis(508), store(4, keep(others(0), MINE)), store(5, keep(others(1), MINE)));
    says(timeOut(), reply(new Outcome.Uncertain("1 of 2 acknowledged in 1000 ms, the write may be applied")));
    says(answers(2, merged()));
    nothingIsOpen();
  }

  @Test
  void anOwnStoreThatDoesNotAnswerMayStillDoIt() {
    ask(write("v", Level.QUORUM));
    says(timeOut(), reply(new Outcome.Uncertain("0 of 2 acknowledged in 1000 ms, the write may be applied")));
    says(stores(1, stored(MINE)));
    nothingIsOpen();
  }

  @Test
  void whatTheOwnStoreRefusesIsRefused() {
    ask(write("v", Level.QUORUM));
    says(stores(1, failed(StoreAnswer.Cause.DISK, "full")), reply(new Outcome.Refused(Reason.DISK, "full")));
    ask(write("v", Level.QUORUM));
    says(stores(3, failed(StoreAnswer.Cause.BAD_CONTEXT, "no")),
        reply(new Outcome.Refused(Reason.BAD_CONTEXT, "no")));
    nothingIsOpen();
  }

  @Test
  void whatTheDiskFailedToTakeIsUncertainBecauseARestartMayBringItBack() {
    ask(write("v", Level.QUORUM));
    says(stores(1, failed(StoreAnswer.Cause.COMMIT, "no space left")), reply(new Outcome.Uncertain(
        "the disk failed while the write was under way, it may be applied: no space left")));
  }

  @Test
  void aBrokenConnectionFailsWhatWasAskedThroughIt() {
    ask(write("v", Level.ALL));
    stores(1, stored(MINE));
    says(coordinator.onPeerDown(B, now), store(4, keep(B, MINE)),
        reply(new Outcome.Uncertain("1 of 3 acknowledged, the write may be applied")));
    says(answers(others(0).equals(B) ? 3 : 2, merged()));
    says(stores(4, failed(StoreAnswer.Cause.DISK, "full")));
    nothingIsOpen();
  }

  @Test
  void whetherThereWasSomethingIsWhatTheLatestOfThoseWhoAcknowledgedKnew() {
    ask(Request.Write.blind(KEY, Content.TOMBSTONE, Level.QUORUM));
    var deleted = NOTHING.update(NOTHING.version(), MINE.latest().orElseThrow().dot(), Content.TOMBSTONE);
    var dot = deleted.latest().orElseThrow().dot();
    stores(1, new StoreAnswer.Stored(dot, deleted, new Before(3, 9, false)));
    says(answers(2, new StoreAnswer.Merged(new Before(4, 8, true))),
        reply(new Outcome.Written(dot, true, Context.of(deleted.version()), 2)));
  }

  @Test
  void anOlderValueBehindATombstoneDidNotExist() {
    ask(Request.Write.blind(KEY, Content.TOMBSTONE, Level.QUORUM));
    var dot = MINE.latest().orElseThrow().dot();
    stores(1, new StoreAnswer.Stored(dot, MINE, new Before(5, 9, false)));
    says(answers(2, new StoreAnswer.Merged(new Before(4, 8, true))),
        reply(new Outcome.Written(dot, false, Context.of(MINE.version()), 2)));
  }

  @Test
  void theExpiryThatIsKeptIsReadAtAQuorum() {
    var value = Content.of(Bytes.of("v"));
    long expiry = now.wallMillis() + 60_000;
    var old = NOTHING.update(NOTHING.version(), MINE.latest().orElseThrow().dot(), Content.of(Bytes.of("o"), expiry));
    says(ask(new Request.Write(KEY, value, true, Causality.BLIND, Terms.of(Level.QUORUM))), store(2, fetch()),
        send(others(0), 3, fetchIfSmall()));
    stores(2, held(old));
    var kept = new StoreStep.Put(KEY, Content.of(Bytes.of("v"), expiry), Causality.BLIND, 0);
    says(answers(3, held(old)), store(5, kept));
    assertThat(coordinator.open()).isEqualTo(1);
  }

  @Test
  void withoutAReadQuorumNoExpiryIsKeptAndNothingWritten() {
    ask(new Request.Write(KEY, Content.of(Bytes.of("v")), true, Causality.BLIND, Terms.of(Level.QUORUM)));
    says(timeOut(), announce(Effect.Event.ASKED_MORE), send(others(1), 4, fetchIfSmall()),
        reply(new Outcome.Refused(Reason.READ_LEVEL,
            "read level quorum needs 2 replicas, 0 answered in 1000 ms")));
    nothingIsOpen();
  }

  private static NodeId others(int place) {
    return THREE.preferenceList(KEY.slot()).nodes().stream().filter(node -> !node.equals(SELF)).toList().get(place);
  }
}
