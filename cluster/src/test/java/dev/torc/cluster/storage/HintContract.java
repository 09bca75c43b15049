package dev.torc.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer.Listed;
import dev.torc.cluster.storage.HintAnswer.Missed;
import dev.torc.cluster.storage.HintAnswer.Owed;
import dev.torc.cluster.storage.HintAnswer.Pending;
import dev.torc.cluster.storage.HintAnswer.Tally;
import dev.torc.cluster.storage.StoreAnswer.Confirmed;
import dev.torc.cluster.storage.StoreAnswer.Held;
import dev.torc.cluster.storage.StoreAnswer.HeldVersion;
import dev.torc.cluster.storage.StoreAnswer.Stored;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The laws of {@link ReplicaStore} about records that are held for others. */
public abstract class HintContract extends SlotContract {
  protected static final NodeId ANNE = new NodeId(0xa);
  protected static final NodeId BEN = new NodeId(0xb);
  protected static final NodeId CARL = new NodeId(-3);
  private static final List<NodeId> OWNERS = List.of(ANNE, BEN, CARL);

  @Test
  void aHintIsNoRecordOfThisReplica() {
    var store = store();
    one(store, keep(ANNE, "a", theirs("1", 1)));
    assertThat(one(store, fetch("a"))).isEqualTo(new Held(StoredRecord.EMPTY));
    assertThat(counts(List.of(one(store, count())))).containsExactly(0L);
    one(store, put("a", "own"));
    assertThat(kept(store, "a")).isEqualTo(theirs("1", 1));
  }

  @Test
  void anOwnerHasOneHintOfAKeyInWhichAllIsMerged() {
    var store = store();
    one(store, keep(ANNE, "a", theirs("1", 1)));
    one(store, keep(ANNE, "a", theirs("2", 2)));
    one(store, keep(BEN, "a", theirs("3", 3)));
    assertThat(listed(store, ANNE)).extracting(pending -> pending.hint().record())
        .containsExactly(theirs("1", 1).merge(theirs("2", 2)));
    assertThat(listed(store, BEN)).extracting(pending -> pending.hint().record()).containsExactly(theirs("3", 3));
    assertThat(kept(store, "a")).isEqualTo(theirs("1", 1).merge(theirs("2", 2)).merge(theirs("3", 3)));
    assertThat(one(store, new HintStep.FetchKept(key("a"), List.of(BEN, CARL), StoreStep.Fetch.NO_LIMIT)))
        .isEqualTo(new Held(theirs("3", 3)));
  }

  @Test
  void ofLargeHintsOnlyTheVersionIsGivenWhenOnlyThatIsWanted() {
    var store = store();
    one(store, keep(ANNE, "a", theirs("x".repeat(100), 1)));
    assertThat(one(store, new HintStep.FetchKept(key("a"), OWNERS, 99)))
        .isEqualTo(new HeldVersion(theirs("", 1).version(), 1));
  }

  @Test
  void onlyWhatWasDeliveredIsDropped() {
    var store = store();
    one(store, keep(ANNE, "a", theirs("1", 1)));
    one(store, keep(ANNE, "a", theirs("2", 2)));
    assertThat(one(store, new HintStep.Drop(ANNE, key("a"), theirs("1", 1), HintStep.Why.DELIVERED)))
        .isEqualTo(new Confirmed(false));
    var both = theirs("1", 1).merge(theirs("2", 2));
    assertThat(one(store, new HintStep.Drop(BEN, key("a"), both, HintStep.Why.DELIVERED)))
        .isEqualTo(new Confirmed(true));
    assertThat(kept(store, "a")).isEqualTo(both);
    assertThat(one(store, new HintStep.Drop(ANNE, key("a"), both, HintStep.Why.DELIVERED)))
        .isEqualTo(new Confirmed(true));
    assertThat(kept(store, "a")).isEqualTo(StoredRecord.EMPTY);
    assertThat(one(store, new HintStep.CountKept())).isEqualTo(new Tally(List.of(), Tally.NONE));
  }

  @Test
  void aWriteOfItsOwnIsStampedAsTheSameActorWhileItsHintExistsAndAsAnotherAfter() {
    var store = store();
    var first = (Stored) one(store, putKept("a", "1"));
    var second = (Stored) one(store, putKept("a", "2"));
    assertThat(second.dot().actor()).isEqualTo(first.dot().actor());
    assertThat(second.record().siblings()).hasSize(1);
    assertThat(second.before().isLive()).isTrue();
    assertThat(kept(store, "a")).isEqualTo(second.record());
    assertThat(listed(store, ANNE)).hasSize(1);
    assertThat(listed(store, BEN)).isEmpty();
    one(store, new HintStep.Drop(ANNE, key("a"), second.record(), HintStep.Why.DELIVERED));
    var third = (Stored) one(store, putKept("a", "3"));
    assertThat(third.dot().actor()).isNotEqualTo(first.dot().actor());
    assertThat(third.record().siblings()).hasSize(1);
    assertThat(((Stored) one(store, putKept("b", "1"))).dot().actor()).isNotEqualTo(third.dot().actor());
    assertThat(((Stored) one(store, put("a", "1"))).dot().actor()).isNotEqualTo(third.dot().actor());
  }

  @Test
  void afterForgettingAWriteOfItsOwnIsStampedAsAnotherActor() {
    var store = store();
    var first = (Stored) one(store, putKept("a", "1"));
    store = afterForgetting(store);
    var second = (Stored) one(store, putKept("a", "2"));
    assertThat(second.dot().actor()).isNotEqualTo(first.dot().actor());
    assertThat(kept(store, "a")).isEqualTo(second.record());
    assertThat(second.record().version().covers(first.record().version())).isTrue();
    assertThat(((Stored) one(store, putKept("a", "3"))).dot().actor()).isEqualTo(second.dot().actor());
  }

  @Test
  void aWriteOfItsOwnSupersedesWhatIsHeldForAnyReplica() {
    var store = store();
    one(store, keep(CARL, "a", theirs("1", 1)));
    var written = (Stored) one(store, putKept("a", "2"));
    assertThat(written.record().siblings()).hasSize(1);
    assertThat(written.record().version().covers(theirs("1", 1).version())).isTrue();
    assertThat(one(store, new HintStep.PutKept(OWNERS, new StoreStep.Put(key("a"), content("3"),
        Causality.after(Context.of(VersionVector.of(new Dot(5, Long.MAX_VALUE)))), 0))))
        .isInstanceOf(StoreAnswer.Failed.class);
    assertThat(kept(store, "a").merge(theirs("1", 1))).isEqualTo(written.record());
  }

  @Test
  void hintsAreListedByKeyPageByPage() {
    var store = store();
    for (int i = 0; i < 25; i++) {
      store.perform(List.of(keep(ANNE, "k" + i, theirs("v", 1)), keep(BEN, "k" + i, theirs("v", 1)),
          keep(CARL, "other" + i, theirs("v", 1))), NOW);
    }
    for (var owner : OWNERS) {
      var keys = listed(store, owner).stream().map(Pending::key).toList();
      assertThat(keys).hasSize(25).isSorted();
      assertThat(listed(store, owner)).allMatch(pending -> pending.owner().equals(owner));
    }
    assertThat(((Tally) one(store, new HintStep.CountKept())).owners()).extracting(Owed::owner, Owed::hints)
        .containsExactly(tuple(ANNE, 25L), tuple(BEN, 25L),
            tuple(CARL, 25L));
  }

  @Test
  void eachIsAsLargeAsItIsCounted() {
    var store = store();
    one(store, keep(ANNE, "a", theirs("x".repeat(100), 1)));
    one(store, keep(ANNE, "long name", theirs("", 1)));
    one(store, keep(ANNE, "a", theirs("y", 2)));
    one(store, keep(BEN, "a", theirs("z", 3)));
    for (var owed : ((Tally) one(store, new HintStep.CountKept())).owners()) {
      assertThat(listed(store, owed.owner()).stream().mapToLong(Pending::bytes).sum()).isEqualTo(owed.bytes());
    }
    assertThat(((Listed) one(store, new HintStep.ListOldest(0, 10))).hints().stream().mapToLong(Pending::bytes).sum())
        .isEqualTo(((Tally) one(store, new HintStep.CountKept())).bytes());
  }

  @Test
  void theOldestAreToldFirstAndAHintIsAsOldAsItsBeginning() {
    var store = store();
    store.perform(List.of(keep(ANNE, "b", theirs("1", 1))), NOW.plus(20));
    store.perform(List.of(keep(BEN, "a", theirs("1", 1))), NOW.plus(10));
    store.perform(List.of(keep(ANNE, "c", theirs("1", 1))), NOW);
    store.perform(List.of(keep(ANNE, "c", theirs("2", 2))), NOW.plus(30));
    var all = ((Listed) one(store, new HintStep.ListOldest(0, 10)));
    assertThat(all.isLast()).isTrue();
    assertThat(all.hints()).extracting(pending -> pending.key().bytes().text()).containsExactly("c", "a", "b");
    assertThat(all.hints().getFirst().hint().lastMillis()).isEqualTo(NOW.plus(30).wallMillis());
    assertThat(((Listed) one(store, new HintStep.ListOldest(0, 2))).isLast()).isFalse();
    assertThat(((Listed) one(store, new HintStep.ListOldest(NOW.plus(11).wallMillis(), 10))).hints()).hasSize(1);
    assertThat(((Tally) one(store, new HintStep.CountKept())).oldestMillis()).isEqualTo(NOW.wallMillis());
    one(store, new HintStep.Drop(ANNE, key("c"), all.hints().getFirst().hint().record(), HintStep.Why.DELIVERED));
    assertThat(((Tally) one(store, new HintStep.CountKept())).oldestMillis()).isEqualTo(NOW.plus(10).wallMillis());
  }

  @Test
  void whoMissedWhatWasLetGoIsRememberedWhateverIsDeliveredLater() {
    var store = store();
    for (var owner : OWNERS) {
      one(store, keep(owner, "a", theirs("1", 1)));
    }
    one(store, drop(ANNE, HintStep.Why.HANDED_OVER));
    store.perform(List.of(drop(BEN, HintStep.Why.GIVEN_UP)), NOW.plus(5));
    one(store, drop(CARL, HintStep.Why.DELIVERED));
    one(store, keep(ANNE, "a", theirs("1", 1)));
    one(store, drop(ANNE, HintStep.Why.DELIVERED));
    assertThat(one(store, new HintStep.CountKept())).isEqualTo(new Tally(List.of(), Tally.NONE, List.of(
        new Missed(ANNE, NOW.wallMillis()), new Missed(BEN, NOW.plus(5).wallMillis()))));
  }

  @Test
  void whatStaysOrWasNeverThereIsNotMissed() {
    var store = store();
    one(store, keep(ANNE, "a", theirs("2", 2)));
    one(store, drop(ANNE, HintStep.Why.GIVEN_UP));
    one(store, drop(BEN, HintStep.Why.GIVEN_UP));
    assertThat(((Tally) one(store, new HintStep.CountKept())).missed()).isEmpty();
  }

  @Test
  void stepsOfOneBatchSeeEachOthersHints() {
    var store = store();
    var answers = store.perform(List.of(keep(ANNE, "a", theirs("1", 1)), fetchKept("a"), put("a", "own"),
        keep(BEN, "a", theirs("2", 2)), fetchKept("a"),
        new HintStep.Drop(ANNE, key("a"), theirs("1", 1), HintStep.Why.DELIVERED),
        fetchKept("a"), fetch("a")), NOW);
    assertThat(answers.get(1)).isEqualTo(new Held(theirs("1", 1)));
    assertThat(answers.get(4)).isEqualTo(new Held(theirs("1", 1).merge(theirs("2", 2))));
    assertThat(answers.get(6)).isEqualTo(new Held(theirs("2", 2)));
    assertThat(value(answers.get(7))).isEqualTo("own");
  }

  @Test
  void largeHintsOfManyOwnersAreReadTogether() {
    var store = store();
    var expected = StoredRecord.EMPTY;
    for (int i = 0; i < 3; i++) {
      var large = theirs(new String(new char[9 << 20]).replace('\0', (char) ('a' + i)), i + 1);
      one(store, keep(OWNERS.get(i), "a", large));
      expected = expected.merge(large);
    }
    assertThat(kept(store, "a")).isEqualTo(expected);
    assertThat(listed(store, ANNE)).hasSize(1);
  }

  private static HintStep keep(NodeId owner, String key, StoredRecord record) {
    return new HintStep.Keep(owner, key(key), record);
  }

  private static HintStep drop(NodeId owner, HintStep.Why why) {
    return new HintStep.Drop(owner, key("a"), theirs("1", 1), why);
  }

  private static HintStep putKept(String key, String value) {
    return new HintStep.PutKept(OWNERS, new StoreStep.Put(key(key), content(value), Causality.BLIND, 0));
  }

  private static HintStep fetchKept(String key) {
    return new HintStep.FetchKept(key(key), OWNERS, StoreStep.Fetch.NO_LIMIT);
  }

  private static StoredRecord kept(ReplicaStore store, String key) {
    return ((Held) one(store, fetchKept(key))).record();
  }

  /** All of an owner's hints, some at a time. */
  private static List<Pending> listed(ReplicaStore store, NodeId owner) {
    var all = new ArrayList<Pending>();
    Optional<Key> after = Optional.empty();
    Listed page;
    do {
      page = (Listed) one(store, new HintStep.ListKept(owner, after, 10));
      all.addAll(page.hints());
      after = page.hints().isEmpty() ? after : Optional.of(page.hints().getLast().key());
    } while (!page.isLast());
    return all;
  }

  /** A write of somebody else's. */
  private static StoredRecord theirs(String value, int actor) {
    var dot = new Dot(100 + actor, Hlc.atMillis(NOW.wallMillis()) + actor);
    return StoredRecord.EMPTY.update(VersionVector.EMPTY, dot, Content.of(Bytes.of(value)));
  }
}
