package dev.torc.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.StoreAnswer.Before;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.RecordGenerator;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import dev.torc.cluster.ring.SlotRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pure code of the steps on one key, without a store. */
class StoreStepTest {
  private static final long SKEW = 5_000;
  private static final long ACTOR = 2;
  private static final Key KEY = Key.of(Bytes.of("k"));
  private static final Content VALUE = Content.of(Bytes.of("new"));

  private final At at = new At(new HybridClock(0, SKEW), new Moment(0, 1_000_000));

  private record At(HybridClock clock, Moment now) implements StepContext {
    @Override
    public long actor(int slot) {
      return ACTOR;
    }

    @Override
    public long freshActor() {
      return ACTOR + 1;
    }

    @Override
    public long era() {
      return FIRST_ERA;
    }

    @Override
    public Wholeness wholeness(int slot) {
      return Wholeness.WHOLE;
    }

    @Override
    public Ballot floor(int slot) {
      return Ballot.NONE;
    }
  }

  /** Rule 5. */
  @Test
  void aBlindWriteSupersedesExactlyWhatTheReplicaHolds() {
    for (int seed = 0; seed < 500; seed++) {
      var record = new RecordGenerator(seed).record();
      var put = new StoreStep.Put(KEY, VALUE, Causality.BLIND, 0).apply(record, at);
      assertThat(put.record().siblings()).hasSize(1);
      assertThat(put.record().version()).isEqualTo(record.version().with(dotOf(put)));
    }
  }

  @Test
  void aWriteWithAContextSupersedesExactlyWhatThatHasSeen() {
    for (int seed = 0; seed < 500; seed++) {
      var chance = new RecordGenerator(seed);
      var record = chance.record();
      var context = chance.version();
      var put = new StoreStep.Put(KEY, VALUE, Causality.after(Context.of(context)), 0).apply(record, at);
      var kept = record.siblings().stream().filter(sibling -> !context.covers(sibling.dot())).toList();
      assertThat(put.record().siblings()).containsAll(kept).hasSize(kept.size() + 1);
      assertThat(put.record().version()).isEqualTo(record.version().merge(context).with(dotOf(put)));
    }
  }

  /** Rule 4: also above what looks like a broken clock. */
  @Test
  void aDotIsAboveTheWholeCausalPast() {
    long broken = Hlc.atMillis(at.now.wallMillis() * 1_000);
    var record = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(7, broken), VALUE);
    assertThat(dotOf(put(record, Causality.BLIND, 0)).hlc()).isEqualTo(broken + 1);
    long ahead = Hlc.atMillis(at.now.wallMillis() + SKEW);
    var context = Causality.after(Context.of(VersionVector.of(new Dot(8, ahead))));
    assertThat(dotOf(put(StoredRecord.EMPTY, context, 0)).hlc()).isEqualTo(ahead + 1);
    assertThat(dotOf(put(StoredRecord.EMPTY, Causality.BLIND, ahead)).hlc()).isGreaterThan(ahead);
  }

  /** Rule 6: the key respects it, the clock does not. */
  @Test
  void aBrokenClockInTheDataDragsNoOtherKey() {
    long broken = Hlc.atMillis(at.now.wallMillis() + SKEW + 1);
    var record = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(7, broken), VALUE);
    new StoreStep.Merge(KEY, record).apply(StoredRecord.EMPTY, at);
    put(record, Causality.BLIND, broken);
    assertThat(dotOf(put(StoredRecord.EMPTY, Causality.BLIND, broken)).hlc()).isLessThan(broken);
  }

  /** Rule 7. */
  @Test
  void aContextFromBeyondTheSkewIsRefused() {
    var record = new RecordGenerator(3).record();
    for (long hlc : new long[] {Hlc.atMillis(at.now.wallMillis() + SKEW + 1), Long.MAX_VALUE}) {
      var put = put(record, Causality.after(Context.of(VersionVector.of(new Dot(7, hlc)))), 0);
      assertThat(put.record()).isSameAs(record);
      assertThat(((StoreAnswer.Failed) put.answer()).cause()).isEqualTo(Cause.BAD_CONTEXT);
    }
  }

  @Test
  void aMergeThatBringsNothingNewChangesNothing() {
    for (int seed = 0; seed < 500; seed++) {
      var chance = new RecordGenerator(seed);
      var record = chance.record();
      var incoming = chance.record();
      var merged = new StoreStep.Merge(KEY, incoming).apply(record, at).record();
      assertThat(merged).isEqualTo(record.merge(incoming));
      assertThat(new StoreStep.Merge(KEY, incoming).apply(merged, at).record()).isSameAs(merged);
    }
  }

  @Test
  void aFetchGivesTheVersionAloneWhereTheValuesAreLarger() {
    var record = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(7, 1), Content.of(Bytes.of("12345678")));
    assertThat(new StoreStep.Fetch(KEY, 8).apply(record, at).answer()).isEqualTo(new StoreAnswer.Held(record));
    assertThat(new StoreStep.Fetch(KEY, 7).apply(record, at).answer())
        .isEqualTo(new StoreAnswer.HeldVersion(record.version(), 1));
    assertThat(new StoreStep.Fetch(KEY, 0).apply(StoredRecord.EMPTY, at).answer())
        .isEqualTo(new StoreAnswer.Held(StoredRecord.EMPTY));
  }

  @Test
  void beforeTellsOfTheLatestAndTheLaterOneCounts() {
    var live = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(7, 5), VALUE);
    var gone = live.update(live.version(), new Dot(8, 6), Content.TOMBSTONE);
    var expired = live.update(live.version(), new Dot(7, 7), Content.of(Bytes.of("x"), at.now.wallMillis()));
    assertThat(before(StoredRecord.EMPTY)).isEqualTo(Before.NOTHING);
    assertThat(before(live)).isEqualTo(new Before(5, 7, true));
    assertThat(before(gone)).isEqualTo(new Before(6, 8, false));
    assertThat(before(expired)).isEqualTo(new Before(7, 7, false));
    assertThat(before(live).or(before(gone))).isEqualTo(before(gone).or(before(live))).isEqualTo(before(gone));
  }

  private Before before(StoredRecord record) {
    return ((StoreAnswer.Merged) new StoreStep.Merge(KEY, record).apply(record, at).answer()).before();
  }

  private StoreStep.Applied put(StoredRecord record, Causality context, long seenHlc) {
    return new StoreStep.Put(KEY, VALUE, context, seenHlc).apply(record, at);
  }

  private static Dot dotOf(StoreStep.Applied put) {
    return ((StoreAnswer.Stored) put.answer()).dot();
  }

  /** Requests go before it at every shard, whoever asked. */
  @Test
  void whatNoClientsRequestNeedsIsBackground() {
    var key = Key.of(Bytes.of("k"));
    assertThat(List.of(new HintStep.CountKept(), new HintStep.TellMissed(), new ReapStep.Inspect(key, 1),
        new SlotStep.Records(new SlotRange(0, 1), ScanPoint.START, 1),
        new StoreStep.Leftovers(List.of(), ScanPoint.START, 0, 1))).allMatch(StoreStep::isBackground);
    assertThat(List.of(new StoreStep.Fetch(key, 1), new HintStep.FetchKept(key, List.of(), 1),
        new StoreStep.Scan(List.of(), ScanPoint.START, 1))).noneMatch(StoreStep::isBackground);
  }
}
