package dev.torc.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.StoreAnswer.Confirmed;
import dev.torc.cluster.storage.StoreAnswer.Counted;
import dev.torc.cluster.storage.StoreAnswer.Failed;
import dev.torc.cluster.storage.StoreAnswer.Held;
import dev.torc.cluster.storage.StoreAnswer.HeldVersion;
import dev.torc.cluster.storage.StoreAnswer.Merged;
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
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The laws of {@link ReplicaStore}. Every store passes them; a subclass only says how to come by one, empty and set to {@link #SKEW_MILLIS}. */
public abstract class ReplicaStoreContract extends ReapContract {

  @Test
  void whatWasNeverWrittenIsHeldAsNothing() {
    assertThat(one(store(), fetch("a"))).isEqualTo(new Held(StoredRecord.EMPTY));
  }

  @Test
  void aWriteIsReadBackWithItsDot() {
    var store = store();
    var stored = (Stored) one(store, put("a", "1"));
    assertThat(one(store, fetch("a"))).isEqualTo(new Held(stored.record()));
    assertThat(stored.record().latest().orElseThrow().dot()).isEqualTo(stored.dot());
    assertThat(Hlc.millis(stored.dot().hlc())).isEqualTo(NOW.wallMillis());
    assertThat(stored.before()).isEqualTo(StoreAnswer.Before.NOTHING);
  }

  @Test
  void stepsOfOneBatchSeeEachOther() {
    var store = store();
    var answers = store.perform(List.of(put("a", "1"), fetch("a"), put("a", "2"), fetch("a"), fetch("b")), NOW);
    assertThat(value(answers.get(1))).isEqualTo("1");
    assertThat(value(answers.get(3))).isEqualTo("2");
    assertThat(((Stored) answers.get(2)).before().isLive()).isTrue();
    assertThat(answers.get(4)).isEqualTo(new Held(StoredRecord.EMPTY));
    assertThat(value(one(store, fetch("a")))).isEqualTo("2");
  }

  @Test
  void aThousandStepsOnOneKeyInOneBatchHappenInOrder() {
    var store = store();
    var steps = new ArrayList<StoreStep>();
    for (int i = 0; i < 1_000; i++) {
      steps.add(i % 2 == 0 ? put("a", "" + i) : fetch("a"));
    }
    var answers = store.perform(steps, NOW);
    for (int i = 1; i < 1_000; i += 2) {
      assertThat(value(answers.get(i))).isEqualTo("" + (i - 1));
    }
    assertThat(((Held) one(store, fetch("a"))).record().siblings()).hasSize(1);
  }

  @Test
  void aBlindWriteSupersedesWhatIsHeldAndAContextOnlyWhatItSaw() {
    var store = store();
    var first = (Stored) one(store, put("a", "1"));
    one(store, put("a", "2"));
    var context = Causality.after(Context.of(first.record().version()));
    var third = (Stored) one(store, new StoreStep.Put(key("a"), content("3"), context, 0));
    assertThat(third.record().siblings()).extracting(sibling -> sibling.content().value().text())
        .containsExactly("2", "3");
  }

  @Test
  void aWriteIsConfirmedOnceItOrALaterOneIsHeldOnDiskOrNot() {
    var store = store();
    var first = (Stored) one(store, put("a", "1"));
    for (boolean synced : new boolean[] {false, true}) {
      var asked = new StoreStep.Confirm(key("a"), first.dot(), synced);
      assertThat(store.perform(List.of(asked, put("a", "2"), asked), NOW)).first().isEqualTo(new Confirmed(true));
      assertThat(one(store, asked)).isEqualTo(new Confirmed(true));
      var other = new StoreStep.Confirm(key("b"), first.dot(), synced);
      assertThat(one(store, other)).isEqualTo(new Confirmed(false));
      assertThat(asked.isSynced()).isEqualTo(synced);
    }
  }

  @Test
  void aWriteThatAddsOneSiblingTooManyIsRefusedAndOneThatSupersedesIsTaken() {
    var store = store();
    var limits = new SiblingLimits(2, 2, 1_000);
    var blind = Causality.after(Context.NOTHING);
    one(store, new StoreStep.Put(key("a"), content("1"), blind, 0, limits));
    var second = (Stored) one(store, new StoreStep.Put(key("a"), content("2"), blind, 0, limits));
    var third = (Failed) one(store, new StoreStep.Put(key("a"), content("3"), blind, 0, limits));
    assertThat(third.cause()).isEqualTo(StoreAnswer.Cause.SIBLINGS);
    assertThat(one(store, fetch("a"))).isEqualTo(new Held(second.record()));
    var seen = Causality.after(Context.of(second.record().version()));
    assertThat(((Stored) one(store, new StoreStep.Put(key("a"), content("4"), seen, 0, limits))).record().siblings())
        .hasSize(1);
    var large = content("x".repeat(1_000));
    assertThat(one(store, new StoreStep.Put(key("a"), large, blind, 0, limits))).isInstanceOf(Failed.class);
    assertThat(one(store, new StoreStep.Put(key("b"), content("x".repeat(2_000)), blind, 0, limits)))
        .isInstanceOf(Stored.class);
  }

  @Test
  void allWritesOfASlotAreStampedByOneActor() {
    var store = store();
    var dots = new TreeSet<Dot>();
    for (int i = 0; i < 10; i++) {
      dots.add(((Stored) one(store, put("{tag}" + i % 3, "" + i))).dot());
    }
    assertThat(dots).hasSize(10);
    assertThat(dots.stream().map(Dot::actor).distinct()).hasSize(1);
    assertThat(((Stored) one(store, put("elsewhere", "1"))).dot().actor()).isNotEqualTo(dots.first().actor());
  }

  @Test
  void aWriteIsStampedAboveItsWholeCausalPast() {
    var store = store();
    long ahead = Hlc.atMillis(NOW.wallMillis() + 60_000);
    one(store, new StoreStep.Merge(key("a"), record("theirs", new Dot(7, ahead))));
    assertThat(((Stored) one(store, put("a", "mine"))).dot().hlc()).isGreaterThan(ahead);
    assertThat(((Stored) one(store, put("b", "mine"))).dot().hlc()).isLessThan(ahead);
    long seen = Hlc.atMillis(NOW.wallMillis() + 2_000);
    var step = new StoreStep.Put(key("c"), content("1"), Causality.BLIND, seen);
    assertThat(((Stored) one(store, step)).dot().hlc()).isGreaterThan(seen);
  }

  @Test
  void aContextFromTheFutureIsRefusedAndLeavesNoTrace() {
    var store = store();
    var future = VersionVector.of(new Dot(9, Hlc.atMillis(NOW.wallMillis() + SKEW_MILLIS + 1)));
    var answers = store.perform(
        List.of(put("a", "1"), new StoreStep.Put(key("a"), content("2"), Causality.after(Context.of(future)), 0),
            fetch("a")),
        NOW);
    assertThat(((Failed) answers.get(1)).cause()).isEqualTo(StoreAnswer.Cause.BAD_CONTEXT);
    assertThat(value(answers.get(2))).isEqualTo("1");
    assertThat(value(one(store, fetch("a")))).isEqualTo("1");
  }

  @Test
  void aContextFromTheFutureIsTakenWhereItIsNoNews() {
    var store = store();
    var ahead = new Dot(9, Hlc.atMillis(NOW.wallMillis() + SKEW_MILLIS + 1_000_000));
    one(store, new StoreStep.Merge(key("a"), record("broken clock", ahead)));
    var context = Context.of(VersionVector.of(ahead));
    var stored = (Stored) one(store, new StoreStep.Put(key("a"), content("resolved"), Causality.after(context), 0));
    assertThat(stored.record().siblings()).hasSize(1);
    assertThat(value(one(store, fetch("a")))).isEqualTo("resolved");
    assertThat(((Stored) one(store, put("b", "other"))).dot().hlc()).isLessThan(ahead.hlc());
  }

  @Test
  void aMergeTakesInWhatIsNewAndIsIdempotent() {
    var store = store();
    var mine = (Stored) one(store, put("a", "mine"));
    var theirs = record("theirs", new Dot(7, mine.dot().hlc() + 1));
    assertThat(((Merged) one(store, new StoreStep.Merge(key("a"), theirs))).before().hlc()).isEqualTo(mine.dot().hlc());
    var merged = ((Held) one(store, fetch("a"))).record();
    assertThat(merged).isEqualTo(mine.record().merge(theirs));
    one(store, new StoreStep.Merge(key("a"), theirs));
    assertThat(((Held) one(store, fetch("a"))).record()).isEqualTo(merged);
  }

  @Test
  void ofLargeValuesOnlyTheVersionIsGivenWhenOnlyThatIsWanted() {
    var store = store();
    var stored = (Stored) one(store, put("a", "x".repeat(100)));
    assertThat(one(store, new StoreStep.Fetch(key("a"), 99))).isEqualTo(new HeldVersion(stored.record().version(), 1));
    assertThat(one(store, new StoreStep.Fetch(key("a"), 100))).isEqualTo(new Held(stored.record()));
  }

  @Test
  void aDeletedKeyIsATombstoneAndCountsNoMore() {
    var store = store();
    var answers = store.perform(List.of(put("a", "1"), put("b", "2"), count(), delete("a"), count(), delete("a"),
        delete("c"), count(), put("a", "3"), count()), NOW);
    assertThat(counts(answers)).containsExactly(2L, 1L, 1L, 2L);
    assertThat(((Stored) answers.get(3)).before().isLive()).isTrue();
    assertThat(((Stored) answers.get(5)).before().isLive()).isFalse();
    assertThat(((Held) one(store, fetch("c"))).record().latest().orElseThrow().content())
        .isEqualTo(Content.TOMBSTONE);
  }

  @Test
  void countsAreOfTheRangesThatWereAskedFor() {
    var store = store();
    store.perform(List.of(put("a", "1"), put("b", "1")), NOW);
    int slot = key("a").slot();
    assertThat(one(store, new StoreStep.Count(List.of(new SlotRange(slot, slot))))).isEqualTo(new Counted(1));
    assertThat(one(store, new StoreStep.Count(List.of()))).isEqualTo(new Counted(0));
  }

  @Test
  void largeAndBinaryValuesAndKeysSurvive() {
    var store = store();
    var big = new byte[3_000_000];
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) (i * 31 >>> 3);
    }
    var key = Key.of(Bytes.of(new byte[] {0, -1, 127, 0}));
    var stored = (Stored) one(store, new StoreStep.Put(key, Content.of(Bytes.of(big)), Causality.BLIND, 0));
    assertThat(one(store, new StoreStep.Fetch(key, StoreStep.Fetch.NO_LIMIT))).isEqualTo(new Held(stored.record()));
    var empty = (Stored) one(store, put("empty", ""));
    assertThat(one(store, fetch("empty"))).isEqualTo(new Held(empty.record()));
  }

  private static StoredRecord record(String value, Dot dot) {
    return StoredRecord.EMPTY.update(VersionVector.EMPTY, dot, content(value));
  }
}
