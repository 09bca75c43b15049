package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import org.junit.jupiter.api.Test;

/** Reads whose answers may be only so old. */
class BoundTranscriptTest extends Transcript {
  private static final StoredRecord OLD = record("old", 9, 1);
  private static final StoredRecord NEW = then(OLD, "new", 9, 2);
  private static final NodeId SECOND = THREE.preferenceList(KEY.slot()).nodes().stream()
      .filter(node -> !node.equals(SELF)).findFirst().orElseThrow();

  @Test
  void ofAKeyOfWhichNothingIsKnownAQuorumIsAsked() {
    verify();
    nothingIsOpen();
  }

  @Test
  void whatCoversWhatAQuorumFoundIsNoOlderThanThat() {
    verify();
    now = now.plus(100);
    says(ask(bounded(Level.ONE, 101)), store(6, fetch()));
    says(stores(6, held(NEW)), reply(new Outcome.Found(NEW, 1, 101)));
    nothingIsOpen();
  }

  @Test
  void youngEnoughByTheClockIsNotEnough() {
    verify();
    now = now.plus(100);
    ask(bounded(Level.ONE, 500));
    says(stores(6, held(OLD)), store(8, fetch()), send(SECOND, 9, fetchIfSmall()));
    stores(8, held(OLD));
    says(answers(9, held(NEW)), announce(Event.REPAIRED_BEFORE_ANSWER), store(10, merge(NEW)));
    says(stores(10, merged()), reply(new Outcome.Found(NEW, 2, 0)));
    nothingIsOpen();
  }

  @Test
  void whatIsTooOldIsNotAskedOfOne() {
    verify();
    now = now.plus(100);
    says(ask(bounded(Level.ONE, 100)), store(6, fetch()), send(SECOND, 7, fetchIfSmall()));
  }

  @Test
  void aReadWithoutABoundTellsTheAgeIfItIsKnown() {
    verify();
    now = now.plus(50);
    ask(read(Level.ONE));
    says(stores(5, held(NEW)), reply(new Outcome.Found(NEW, 1, 51)));
    ask(read(Level.ONE));
    says(stores(7, held(OLD)), reply(new Outcome.Found(OLD, 1, Outcome.Found.UNKNOWN_AGE)));
  }

  @Test
  void whereNoQuorumCanBeReachedNothingIsToldForYoung() {
    coordinator = coordinator(THREE, 100);
    says(ask(bounded(Level.ONE, 500)), reply(new Outcome.Refused(Reason.READ_LEVEL,
        "read level quorum needs 2 of the key's 3 replicas, 1 can be reached")));
    nothingIsOpen();
  }

  @Test
  void aQuorumOfOneDataCenterIsAskedBesideAQuorumOfAll() {
    says(ask(bounded(Level.LOCAL_QUORUM, 0)), store(2, fetch()), send(SECOND, 3, fetchIfSmall()));
    stores(2, held(NEW));
    says(answers(3, held(NEW)), reply(new Outcome.Found(NEW, 2, 0)));
  }

  @Test
  void keysLeastUsedAreForgottenAndLongOnesNotRemembered() {
    var verified = new Verified();
    for (int i = 0; i <= Verified.MAX_KEYS; i++) {
      verified.onQuorum(Key.of(Bytes.of("k" + i)), 1_000, NEW.version());
      verified.isWithin(Key.of(Bytes.of("k0")), 1_000, 1);
    }
    assertThat(verified.isWithin(Key.of(Bytes.of("k0")), 1_000, 1)).isTrue();
    assertThat(verified.isWithin(Key.of(Bytes.of("k1")), 1_000, 1)).isFalse();
    var longKey = Key.of(Bytes.of("x".repeat(1_025)));
    verified.onQuorum(longKey, 1_000, NEW.version());
    assertThat(verified.isWithin(longKey, 1_000, 1)).isFalse();
  }

  @Test
  void aReadThatBeganEarlierProvesLess() {
    var verified = new Verified();
    verified.onQuorum(KEY, 1_000, NEW.version());
    verified.onQuorum(KEY, 900, OLD.version());
    assertThat(verified.staleMillis(KEY, 1_100, OLD.version())).isEqualTo(Outcome.Found.UNKNOWN_AGE);
    assertThat(verified.staleMillis(KEY, 1_100, NEW.version())).isEqualTo(101);
    assertThat(verified.staleMillis(KEY, 990, NEW.version())).isZero();
  }

  /** Ids up to 3 are gone then. */
  private void verify() {
    says(ask(bounded(Level.ONE, 500)), store(2, fetch()), send(SECOND, 3, fetchIfSmall()));
    says(stores(2, held(NEW)));
    says(answers(3, held(NEW)), reply(new Outcome.Found(NEW, 2, 0)));
  }

  private static Request.Read bounded(Level level, long maxStaleMillis) {
    return new Request.Read(KEY, Terms.of(level), new ReadBound(Context.NOTHING, maxStaleMillis, false));
  }
}
