package dev.torc.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.StoreAnswer.Counted;
import dev.torc.cluster.storage.StoreAnswer.Held;
import dev.torc.cluster.storage.StoreAnswer.Page;
import dev.torc.cluster.storage.StoreAnswer.Stored;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The laws of {@link ReplicaStore} about scans and expiry, and the words in which its tests are written. */
public abstract class ReplicaStoreScanContract {
  protected static final long SKEW_MILLIS = 5_000;
  protected static final Moment NOW = new Moment(1_000, 1_800_000_000_000L);
  protected static final List<SlotRange> ALL = List.of(new SlotRange(0, Slot.COUNT - 1));

  /** An empty store that serves all slots. */
  protected abstract ReplicaStore store();

  @Test
  void aScanListsLiveKeysOnceInOrderPageByPage() {
    var store = store();
    var expected = new TreeSet<Key>();
    for (int i = 0; i < 100; i++) {
      one(store, put("k" + i, "v"));
      expected.add(key("k" + i));
    }
    store.perform(List.of(delete("k7"), delete("absent"), expiring("gone", NOW.wallMillis())), NOW);
    expected.remove(key("k7"));
    var seen = new ArrayList<Bytes>();
    var from = ScanPoint.START;
    while (!from.isEnd()) {
      var page = (Page) one(store, new StoreStep.Scan(ALL, from, 10));
      assertThat(page.keys()).hasSizeLessThanOrEqualTo(11);
      assertThat(page.next()).isGreaterThan(from);
      seen.addAll(page.keys());
      from = page.next();
    }
    assertThat(seen).containsExactlyElementsOf(expected.stream().map(Key::bytes).toList());
  }

  @Test
  void aScanSeesTheStepsBeforeItAndNotThoseBehind() {
    var answers = store().perform(List.of(put("a", "1"), scan(10), delete("a"), scan(10), put("a", "2")), NOW);
    assertThat(answers.get(1)).isEqualTo(new Page(List.of(Bytes.of("a")), ScanPoint.END));
    assertThat(answers.get(3)).isEqualTo(new Page(List.of(), ScanPoint.END));
  }

  @Test
  void aScanKeepsToItsRanges() {
    var store = store();
    var keys = new TreeSet<Key>();
    for (int i = 0; i < 50; i++) {
      one(store, put("k" + i, "v"));
      keys.add(key("k" + i));
    }
    var inOrder = List.copyOf(keys);
    int second = inOrder.get(1).slot();
    int last = inOrder.getLast().slot();
    var ranges = List.of(new SlotRange(second, second), new SlotRange(last, last));
    var page = (Page) one(store, new StoreStep.Scan(ranges, ScanPoint.START, 100));
    assertThat(page.keys()).contains(inOrder.get(1).bytes(), inOrder.getLast().bytes())
        .doesNotContain(inOrder.getFirst().bytes());
    assertThat(page.next()).isEqualTo(ScanPoint.END);
    assertThat(one(store, new StoreStep.Scan(ALL, ScanPoint.END, 10))).isEqualTo(new Page(List.of(), ScanPoint.END));
  }

  @Test
  void aScanOverMuchThatIsDeadGivesShortPagesAndStillComesToTheEnd() {
    var store = store();
    var steps = new ArrayList<StoreStep>();
    for (int i = 0; i < 2_500; i++) {
      steps.add(delete("k" + i));
    }
    steps.add(put("live", "1"));
    store.perform(steps, NOW);
    var seen = new ArrayList<Bytes>();
    int pages = 0;
    for (var from = ScanPoint.START; !from.isEnd(); pages++) {
      var page = (Page) one(store, new StoreStep.Scan(ALL, from, 10));
      seen.addAll(page.keys());
      from = page.next();
    }
    assertThat(seen).containsExactly(Bytes.of("live"));
    assertThat(pages).isBetween(2, 30);
  }

  @Test
  void anExpiredValueIsCollapsedIntoATombstoneOfTheSameDotAndStaysARecord() {
    var store = store();
    long due = NOW.wallMillis() + 100;
    var stored = (Stored) one(store, expiring("a", due));
    one(store, expiring("b", due + 1));
    assertThat(store.sweepExpired(10, NOW.plus(99))).isZero();
    assertThat(counts(store.perform(List.of(count()), NOW.plus(100)))).containsExactly(2L);
    assertThat(store.sweepExpired(10, NOW.plus(100))).isEqualTo(1);
    assertThat(store.sweepExpired(10, NOW.plus(100))).isZero();
    var left = ((Held) one(store, fetch("a"))).record();
    assertThat(left).isEqualTo(stored.record().collapseExpired(due));
    assertThat(left.latest().orElseThrow().dot()).isEqualTo(stored.dot());
    assertThat(counts(store.perform(List.of(count()), NOW.plus(100)))).containsExactly(1L);
  }

  @Test
  void aSweepSparesAValueThatWasWrittenAnew() {
    var store = store();
    one(store, expiring("a", NOW.wallMillis() + 100));
    one(store, put("a", "kept"));
    store.sweepExpired(10, NOW.plus(200));
    assertThat(value(one(store, fetch("a")))).isEqualTo("kept");
    assertThat(counts(store.perform(List.of(count()), NOW.plus(200)))).containsExactly(1L);
  }

  @Test
  void aSweepIsBoundedAndGoesOnWhereItStopped() {
    var store = store();
    for (int i = 0; i < 25; i++) {
      one(store, expiring("k" + i, NOW.wallMillis() + 1 + i));
    }
    var later = NOW.plus(1_000);
    assertThat(store.sweepExpired(10, later)).isEqualTo(10);
    assertThat(store.sweepExpired(10, later)).isEqualTo(10);
    assertThat(store.sweepExpired(10, later)).isEqualTo(5);
    assertThat(store.sweepExpired(10, later)).isZero();
    assertThat(one(store, count())).isEqualTo(new Counted(0));
    one(store, expiring("again", NOW.wallMillis() + 2));
    assertThat(store.sweepExpired(10, later)).isEqualTo(1);
  }

  @Test
  void anEarlierSiblingThatExpiresIsReclaimedToo() {
    var store = store();
    long due = NOW.wallMillis() + 100;
    one(store, expiring("a", due));
    one(store, new StoreStep.Put(key("a"), content("later"), Causality.after(Context.NOTHING), 0));
    store.sweepExpired(10, NOW.plus(100));
    var siblings = ((Held) one(store, fetch("a"))).record().siblings();
    assertThat(siblings).extracting(sibling -> sibling.content().isTombstone()).containsExactly(true, false);
  }

  protected static StoreAnswer one(ReplicaStore store, StoreStep step) {
    return store.perform(List.of(step), NOW).getFirst();
  }

  protected static Key key(String key) {
    return Key.of(Bytes.of(key));
  }

  protected static Content content(String value) {
    return Content.of(Bytes.of(value));
  }

  protected static StoreStep put(String key, String value) {
    return new StoreStep.Put(key(key), content(value), Causality.BLIND, 0);
  }

  protected static StoreStep expiring(String key, long expiresAtMillis) {
    return new StoreStep.Put(key(key), Content.of(Bytes.of("v"), expiresAtMillis), Causality.BLIND, 0);
  }

  protected static StoreStep delete(String key) {
    return new StoreStep.Put(key(key), Content.TOMBSTONE, Causality.BLIND, 0);
  }

  protected static StoreStep fetch(String key) {
    return new StoreStep.Fetch(key(key), StoreStep.Fetch.NO_LIMIT);
  }

  protected static StoreStep scan(int limit) {
    return new StoreStep.Scan(ALL, ScanPoint.START, limit);
  }

  protected static StoreStep count() {
    return new StoreStep.Count(ALL);
  }

  protected static String value(StoreAnswer answer) {
    return ((Held) answer).record().latest().orElseThrow().content().value().text();
  }

  protected static List<Long> counts(List<StoreAnswer> answers) {
    return answers.stream().filter(Counted.class::isInstance).map(answer -> ((Counted) answer).keys()).toList();
  }
}
