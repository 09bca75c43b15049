package dev.torc.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.storage.ReapAnswer.Inspected;
import dev.torc.cluster.storage.ReapAnswer.Reaped;
import dev.torc.cluster.storage.StoreAnswer.Held;
import dev.torc.cluster.storage.StoreAnswer.Page;
import dev.torc.cluster.storage.StoreAnswer.Stored;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The laws of {@link ReplicaStore} about the end of deletions. */
public abstract class ReapContract extends HintContract {
  private static final long LATER = Hlc.atMillis(NOW.wallMillis() + 60_000);
  private static final StoredRecord NOTHING = StoredRecord.EMPTY;

  @Test
  void whatHoldsNoValueIsListedOnceItIsOldEnough() {
    var store = store();
    one(store, put("live", "v"));
    one(store, put("deleted", "v"));
    one(store, delete("deleted"));
    one(store, delete("never-there"));
    one(store, prepare("promised", B1));
    assertThat(left(store, LATER)).containsExactlyInAnyOrder("deleted", "never-there", "promised");
    assertThat(left(store, Hlc.atMillis(NOW.wallMillis()))).doesNotContain("deleted", "never-there");
    assertThat(left(store, B1.counter())).isEmpty();
  }

  @Test
  void whatHasAValueAgainIsNotListed() {
    var store = store();
    one(store, delete("a"));
    one(store, put("a", "v"));
    one(store, prepare("b", B1));
    one(store, put("b", "v"));
    assertThat(left(store, LATER)).isEmpty();
    one(store, delete("a"));
    one(store, delete("b"));
    assertThat(left(store, LATER)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void whatHasExpiredIsListedWhenItIsSwept() {
    var store = store();
    one(store, expiring("a", NOW.wallMillis() - 1));
    assertThat(left(store, LATER)).isEmpty();
    assertThat(store.sweepExpired(10, NOW)).isOne();
    assertThat(left(store, LATER)).containsExactly("a");
  }

  @Test
  void theListingGoesOnPageByPage() {
    var store = store();
    var expected = new TreeSet<Key>();
    for (int i = 0; i < 50; i++) {
      one(store, delete("k" + i));
      expected.add(key("k" + i));
    }
    var seen = new ArrayList<Bytes>();
    var from = ScanPoint.START;
    while (!from.isEnd()) {
      var page = (Page) one(store, new StoreStep.Leftovers(ALL, from, LATER, 7));
      assertThat(page.keys()).hasSizeLessThanOrEqualTo(7);
      seen.addAll(page.keys());
      from = page.next();
    }
    assertThat(seen).containsExactlyElementsOf(expected.stream().map(Key::bytes).toList());
  }

  @Test
  void aDeletionIsInspectedAndForgottenWithoutATrace() {
    var store = store();
    var record = ((Stored) one(store, delete("a"))).record();
    assertThat(inspect(store, "a")).isEqualTo(new Inspected(true, record, Ballot.NONE, true));
    assertThat(reap(store, "a", record, Ballot.NONE)).isTrue();
    assertThat(one(store, fetch("a"))).isEqualTo(new Held(NOTHING));
    assertThat(inspect(store, "a")).isEqualTo(new Inspected(true, NOTHING, Ballot.NONE, true));
    assertThat(left(store, LATER)).isEmpty();
  }

  @Test
  void aDeletionIsNotGoneBeforeItsGraceIsOverByThisReplicasClock() {
    var store = store();
    one(store, delete("a"));
    assertThat(inspect(store, "a", 59_999).isGone()).isTrue();
    assertThat(inspect(store, "a", 60_001).isGone()).isFalse();
  }

  @Test
  void aValueIsNotGoneAndNotForgotten() {
    var store = store();
    var record = ((Stored) one(store, put("a", "v"))).record();
    assertThat(inspect(store, "a").isGone()).isFalse();
    assertThat(inspect(store, "a").record()).isEqualTo(NOTHING);
    assertThat(reap(store, "a", record, Ballot.NONE)).isFalse();
    assertThat(one(store, fetch("a"))).isEqualTo(new Held(record));
  }

  @Test
  void whatIsAnotherRecordByNowStays() {
    var store = store();
    var before = ((Stored) one(store, delete("a"))).record();
    var after = ((Stored) one(store, delete("a"))).record();
    assertThat(reap(store, "a", before, Ballot.NONE)).isFalse();
    assertThat(one(store, fetch("a"))).isEqualTo(new Held(after));
  }

  @Test
  void anAcceptedTombstoneGoesWithTheRecordOrNotAtAll() {
    var store = store();
    var record = ((Stored) one(store, delete("a"))).record();
    one(store, accepted("a", B1, record, Ballot.NONE));
    assertThat(inspect(store, "a")).isEqualTo(new Inspected(true, record, B1, true));
    assertThat(reap(store, "a", record, Ballot.NONE)).isFalse();
    assertThat(reap(store, "a", record, B2)).isFalse();
    assertThat(reap(store, "a", record, B1)).isTrue();
    assertThat(one(store, query("a"))).isEqualTo(new AcceptorAnswer.Queried(Ballot.NONE, NOTHING, NOTHING));
    assertThat(left(store, LATER)).isEmpty();
  }

  @Test
  void whatIsPromisedBeyondTheRoundKeepsIt() {
    var store = store();
    var record = ((Stored) one(store, delete("a"))).record();
    one(store, accepted("a", B1, record, B2));
    assertThat(inspect(store, "a").isQuiet()).isFalse();
    assertThat(reap(store, "a", record, B1)).isFalse();
    one(store, accepted("a", B3, record, Ballot.NONE));
    assertThat(reap(store, "a", record, B3)).isTrue();
  }

  @Test
  void anAcceptedValueThatTheRecordHasNotSeenKeepsIt() {
    var store = store();
    var record = ((Stored) one(store, delete("a"))).record();
    one(store, accept("a", B1, "1"));
    assertThat(inspect(store, "a").isGone()).isFalse();
    one(store, accepted("a", B2, chosen("1", B1).merge(record).latestOnly(), Ballot.NONE));
    assertThat(reap(store, "a", record, B2)).isFalse();
  }

  @Test
  void whatIsForgottenCanBeginAnew() {
    var store = store();
    var record = ((Stored) one(store, delete("a"))).record();
    one(store, accepted("a", B1, record, Ballot.NONE));
    reap(store, "a", record, B1);
    var answers = store.perform(List.of(accept("a", B2, "2"), put("a", "v"), fetch("a"), query("a")), NOW);
    assertThat(value(answers.get(2))).isEqualTo("v");
    assertThat(((AcceptorAnswer.Queried) answers.get(3)).accepted()).isEqualTo(B2);
    assertThat(left(store, LATER)).isEmpty();
  }

  private static AcceptorStep accepted(String key, Ballot ballot, StoredRecord value, Ballot next) {
    return new AcceptorStep.Accept(key(key), EPOCH, ballot, value, Envelope.EMPTY, next, false);
  }

  private static Inspected inspect(ReplicaStore store, String key) {
    return inspect(store, key, 0);
  }

  private static Inspected inspect(ReplicaStore store, String key, long graceMillis) {
    var later = new Moment(NOW.steadyMillis() + 60_000, NOW.wallMillis() + 60_000);
    return (Inspected) store.perform(List.of(new ReapStep.Inspect(key(key), graceMillis)), later).getFirst();
  }

  private static boolean reap(ReplicaStore store, String key, StoredRecord record, Ballot accepted) {
    return ((Reaped) one(store, new ReapStep.Reap(key(key), record, accepted))).isReaped();
  }

  private static List<String> left(ReplicaStore store, long beforeHlc) {
    var page = (Page) one(store, new StoreStep.Leftovers(ALL, ScanPoint.START, beforeHlc, 100));
    assertThat(page.next()).isEqualTo(ScanPoint.END);
    return page.keys().stream().map(Bytes::text).toList();
  }
}
