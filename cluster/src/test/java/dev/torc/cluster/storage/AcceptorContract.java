package dev.torc.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.storage.AcceptorAnswer.Abstained;
import dev.torc.cluster.storage.AcceptorAnswer.Accepted;
import dev.torc.cluster.storage.AcceptorAnswer.Nacked;
import dev.torc.cluster.storage.AcceptorAnswer.Promised;
import dev.torc.cluster.storage.AcceptorAnswer.Queried;
import dev.torc.cluster.storage.AcceptorAnswer.Stale;
import dev.torc.cluster.storage.StoreAnswer.Held;
import dev.torc.cluster.storage.StoreAnswer.Stored;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The laws of {@link ReplicaStore} about a replica's part in strong operations. */
public abstract class AcceptorContract extends ReplicaStoreScanContract {
  protected static final Epoch EPOCH = new Epoch(11, 3);
  protected static final Ballot B1 = ballot(1);
  protected static final Ballot B2 = ballot(2);
  protected static final Ballot B3 = ballot(3);
  protected static final Promised NOTHING_ACCEPTED = new Promised(Ballot.NONE, StoredRecord.EMPTY, Envelope.EMPTY,
      StoredRecord.EMPTY);

  /** The same store after something that may have lost what was acknowledged, though it lost nothing. */
  protected abstract ReplicaStore afterForgetting(ReplicaStore store);

  @Test
  void theFirstPromiseTellsOfNothing() {
    assertThat(one(store(), prepare("a", B1))).isEqualTo(NOTHING_ACCEPTED);
  }

  @Test
  void aPromiseRefusesEveryLowerBallot() {
    var store = store();
    one(store, prepare("a", B2));
    assertThat(one(store, prepare("a", B1))).isEqualTo(new Nacked(B2));
    assertThat(one(store, accept("a", B1, "1"))).isEqualTo(new Nacked(B2));
    assertThat(one(store, prepare("a", B2))).isEqualTo(new Nacked(B2));
    assertThat(one(store, new AcceptorStep.Query(key("a"), EPOCH)))
        .isEqualTo(new Queried(Ballot.NONE, StoredRecord.EMPTY, StoredRecord.EMPTY));
    assertThat(one(store, accept("a", B2, "2"))).isEqualTo(new Accepted());
  }

  @Test
  void anAcceptedValueIsToldWithItsBallotToTheNextProposer() {
    var store = store();
    one(store, prepare("a", B1));
    one(store, accept("a", B1, "1"));
    assertThat(one(store, prepare("a", B2)))
        .isEqualTo(new Promised(B1, chosen("1", B1), results(B1), StoredRecord.EMPTY));
    one(store, accept("a", B2, "2"));
    assertThat(one(store, query("a"))).isEqualTo(new Queried(B2, chosen("2", B2), StoredRecord.EMPTY));
  }

  @Test
  void acceptingTwiceTheSameIsTheSame() {
    var store = store();
    one(store, prepare("a", B1));
    for (int i = 0; i < 3; i++) {
      assertThat(one(store, accept("a", B1, "1"))).isEqualTo(new Accepted());
    }
    var inOneBatch = store.perform(List.of(accept("a", B1, "1"), accept("a", B1, "1")), NOW);
    assertThat(inOneBatch).containsExactly(new Accepted(), new Accepted());
    assertThat(one(store, query("a"))).isEqualTo(new Queried(B1, chosen("1", B1), StoredRecord.EMPTY));
  }

  @Test
  void aBallotIsAcceptedOnce() {
    var store = store();
    one(store, accept("a", B2, "1"));
    assertThat(one(store, accept("a", B2, "other"))).isEqualTo(new Nacked(B2));
    assertThat(one(store, accept("a", B1, "1"))).isEqualTo(new Nacked(B2));
    assertThat(one(store, query("a"))).isEqualTo(new Queried(B2, chosen("1", B2), StoredRecord.EMPTY));
  }

  @Test
  void aCachedAcceptIsStaleWhenTheRecordHoldsMore() {
    var store = store();
    var written = (Stored) one(store, put("a", "ordinary"));
    assertThat(one(store, cached("a", B1, chosen("1", B1)))).isEqualTo(new Stale());
    assertThat(one(store, query("a"))).isEqualTo(new Queried(Ballot.NONE, StoredRecord.EMPTY, written.record()));
    var after = written.record().update(written.record().version(), dot(B1), content("1"));
    assertThat(one(store, cached("a", B1, after))).isEqualTo(new Accepted());
    assertThat(one(store, accept("a", B2, "2"))).isEqualTo(new Accepted());
  }

  @Test
  void aCachedAcceptIsStaleWhenTheRecordHasSeenMoreThanItHolds() {
    var store = store();
    var seen = new StoredRecord(chosen("1", B1).version().with(new Dot(9, 1)), chosen("1", B1).siblings());
    one(store, new StoreStep.Merge(key("a"), seen));
    assertThat(one(store, cached("a", B2, chosen("1", B1)))).isEqualTo(new Stale());
    assertThat(one(store, cached("a", B2, seen))).isEqualTo(new Accepted());
  }

  @Test
  void theNextBallotIsPromisedWithTheAcceptance() {
    var store = store();
    var both = new AcceptorStep.Accept(key("a"), EPOCH, B1, chosen("1", B1), results(B1), B3, false);
    assertThat(one(store, both)).isEqualTo(new Accepted());
    assertThat(one(store, prepare("a", B2))).isEqualTo(new Nacked(B3));
    assertThat(one(store, accept("a", B2, "2"))).isEqualTo(new Nacked(B3));
    assertThat(one(store, cached("a", B3, chosen("3", B3)))).isEqualTo(new Accepted());
  }

  @Test
  void aQueryChangesNothing() {
    var store = store();
    one(store, query("a"));
    assertThat(one(store, prepare("a", B1))).isEqualTo(NOTHING_ACCEPTED);
    one(store, query("a"));
    assertThat(one(store, accept("a", B1, "1"))).isEqualTo(new Accepted());
    one(store, query("a"));
    assertThat(one(store, prepare("a", B2))).isInstanceOf(Promised.class);
  }

  @Test
  void acceptorStepsDoNotTouchTheRecord() {
    var store = store();
    var before = ((Stored) one(store, put("a", "ordinary"))).record();
    store.perform(List.of(prepare("a", B1), accept("a", B1, "1"), new AcceptorStep.Rejoin(key("a"), EPOCH),
        prepare("b", B1), accept("b", B1, "1"), query("c")), NOW);
    assertThat(one(store, fetch("a"))).isEqualTo(new Held(before));
    assertThat(one(store, fetch("b"))).isEqualTo(new Held(StoredRecord.EMPTY));
    assertThat(counts(List.of(one(store, count())))).containsExactly(1L);
    assertThat(one(store, scan(10)))
        .isEqualTo(new StoreAnswer.Page(List.of(Bytes.of("a")), ScanPoint.END));
  }

  @Test
  void neitherAWriteNorItsExpiryTouchesTheAcceptor() {
    var store = store();
    one(store, accept("a", B1, "1"));
    one(store, expiring("a", NOW.wallMillis() + 1));
    one(store, delete("a"));
    store.sweepExpired(10, NOW.plus(1));
    var held = ((Held) one(store, fetch("a"))).record();
    assertThat(one(store, query("a"))).isEqualTo(new Queried(B1, chosen("1", B1), held));
  }

  @Test
  void afterForgettingTheReplicaAbstainsUntilItRejoins() {
    var store = store();
    one(store, prepare("a", B1));
    one(store, accept("a", B1, "1"));
    store = afterForgetting(store);
    for (var key : List.of("a", "never-seen")) {
      assertThat(store.perform(List.of(prepare(key, B2), accept(key, B2, "2"), query(key)), NOW))
          .containsOnly(new Abstained());
    }
    assertThat(one(store, new AcceptorStep.Rejoin(key("a"), EPOCH))).isEqualTo(new Accepted());
    assertThat(one(store, prepare("a", B1))).isEqualTo(new Nacked(B1));
    assertThat(one(store, prepare("a", B2)))
        .isEqualTo(new Promised(B1, chosen("1", B1), results(B1), StoredRecord.EMPTY));
    assertThat(one(store, prepare("never-seen", B2))).isEqualTo(new Abstained());
    store = afterForgetting(store);
    assertThat(one(store, query("a"))).isEqualTo(new Abstained());
  }

  @Test
  void statesOfDifferentKeysAreApart() {
    var store = store();
    one(store, accept("{tag}a", B3, "3"));
    assertThat(one(store, prepare("{tag}b", B1))).isEqualTo(NOTHING_ACCEPTED);
    var answers = store.perform(List.of(accept("{tag}b", B1, "1"), prepare("{tag}a", B2), query("{tag}b")), NOW);
    assertThat(answers).containsExactly(new Accepted(), new Nacked(B3),
        new Queried(B1, chosen("1", B1), StoredRecord.EMPTY));
  }

  @Test
  void stepsOfOneBatchSeeEachOthersRecordsAndPromises() {
    var store = store();
    var merged = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(9, B1.counter()), content("ordinary"));
    var answers = store.perform(List.of(prepare("a", B1), new StoreStep.Merge(key("a"), merged), prepare("a", B2),
        cached("a", B2, chosen("2", B2)), accept("a", B2, "2"), prepare("a", B3), fetch("a")), NOW);
    assertThat(answers.get(0)).isEqualTo(NOTHING_ACCEPTED);
    assertThat(answers.get(2)).isEqualTo(new Promised(Ballot.NONE, StoredRecord.EMPTY, Envelope.EMPTY, merged));
    assertThat(answers.get(3)).isEqualTo(new Stale());
    assertThat(answers.get(4)).isEqualTo(new Accepted());
    assertThat(answers.get(5)).isEqualTo(new Promised(B2, chosen("2", B2), results(B2), merged));
    assertThat(answers.get(6)).isEqualTo(new Held(merged));
  }

  @Test
  void manyRoundsOnOneKeyInOneBatchHappenInOrder() {
    var store = store();
    var steps = new ArrayList<StoreStep>();
    for (int i = 1; i <= 500; i++) {
      steps.add(prepare("a", ballot(i)));
      steps.add(accept("a", ballot(i), "" + i));
    }
    var answers = store.perform(steps, NOW);
    for (int i = 2; i <= 500; i++) {
      assertThat(((Promised) answers.get(2 * i - 2)).accepted()).isEqualTo(ballot(i - 1));
      assertThat(answers.get(2 * i - 1)).isEqualTo(new Accepted());
    }
  }

  @Test
  void largeValuesAndResultsAreAcceptedAndToldWhole() {
    var store = store();
    var random = new SplittableRandom(1);
    var steps = new ArrayList<StoreStep>();
    for (int i = 0; i < 4; i++) {
      var big = new byte[10 << 20];
      random.nextBytes(big);
      var result = new ChangeResult.Done(true, Optional.of(Bytes.of(big)));
      var results = Envelope.EMPTY.with(new OperationId(1, i), i, result, B1.counter());
      var value = StoredRecord.EMPTY.update(VersionVector.EMPTY, dot(B1), Content.of(Bytes.of(big)));
      var accept = new AcceptorStep.Accept(key("k" + i), EPOCH, B1, value, results, B1, false);
      assertThat(accept.valueBytes()).isEqualTo(20 << 20);
      assertThat(one(store, accept)).isEqualTo(new Accepted());
      steps.add(accept);
    }
    var prepares = steps.stream().map(step -> prepare(((AcceptorStep) step).key(), B2)).toList();
    var answers = store.perform(prepares, NOW);
    for (int i = 0; i < steps.size(); i++) {
      var accept = (AcceptorStep.Accept) steps.get(i);
      assertThat(answers.get(i))
          .isEqualTo(new Promised(B1, accept.value(), accept.results(), StoredRecord.EMPTY));
    }
  }

  /** A round's number; its HLC is that of {@link #NOW}, so many events later. */
  protected static Ballot ballot(int number) {
    return new Ballot(Hlc.atMillis(NOW.wallMillis()) + number, 77);
  }

  /** What a strong operation in that round would have made of nothing. */
  protected static StoredRecord chosen(String value, Ballot ballot) {
    return StoredRecord.EMPTY.update(VersionVector.EMPTY, dot(ballot), content(value));
  }

  protected static Envelope results(Ballot ballot) {
    return Envelope.EMPTY.with(new OperationId(5, ballot.counter()), 0, new ChangeResult.Number(1), ballot.counter());
  }

  protected static StoreStep prepare(String key, Ballot ballot) {
    return prepare(key(key), ballot);
  }

  protected static StoreStep accept(String key, Ballot ballot, String value) {
    return new AcceptorStep.Accept(key(key), EPOCH, ballot, chosen(value, ballot), results(ballot), ballot, false);
  }

  protected static StoreStep query(String key) {
    return new AcceptorStep.Query(key(key), EPOCH);
  }

  private static StoreStep prepare(Key key, Ballot ballot) {
    return new AcceptorStep.Prepare(key, EPOCH, ballot);
  }

  private static StoreStep cached(String key, Ballot ballot, StoredRecord value) {
    return new AcceptorStep.Accept(key(key), EPOCH, ballot, value, results(ballot), ballot, true);
  }

  private static Dot dot(Ballot ballot) {
    return new Dot(ballot.proposer(), ballot.counter());
  }
}
