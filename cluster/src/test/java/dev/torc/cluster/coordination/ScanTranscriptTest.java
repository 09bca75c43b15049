package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scans, counts and flushes: questions about many keys at once. */
class ScanTranscriptTest extends Transcript {
  private static final List<SlotRange> ALL = List.of(new SlotRange(0, Slot.COUNT - 1));
  private static final NodeId SECOND = others(0, 0);
  private static final NodeId THIRD = others(0, 1);
  private static final List<Key> KEYS = Stream.of("a", "b", "c", "d").map(Bytes::of).map(Key::of).sorted().toList();

  @Test
  void aPageIsWhatAQuorumHoldsTogether() {
    says(ask(scan(ScanPoint.START, 10)), store(1, list(ScanPoint.START, 10)),
        send(SECOND, 2, list(ScanPoint.START, 10)));
    says(stores(1, page(ScanPoint.END, 0, 2)));
    says(answers(2, page(ScanPoint.END, 1, 2)), reply(listed(ScanPoint.END, 0, 1, 2)));
    nothingIsOpen();
  }

  @Test
  void aPageReachesAsFarAsAllOfThemHaveGot() {
    ask(scan(ScanPoint.START, 2));
    stores(1, page(ScanPoint.after(KEYS.get(1)), 0, 1));
    says(answers(2, page(ScanPoint.END, 2, 3)), reply(listed(ScanPoint.after(KEYS.get(1)), 0, 1)));
  }

  @Test
  void aShortPageIsGoneOnWithFromThere() {
    ask(scan(ScanPoint.START, 3));
    var between = ScanPoint.after(KEYS.get(1));
    stores(1, page(between, 0, 1));
    var rest = new StoreStep.Scan(List.of(new SlotRange(between.slot(), Slot.COUNT - 1)), between, 3);
    says(answers(2, page(ScanPoint.END, 0, 1, 2)), store(3, rest), send(others(between.slot(), 0), 4, rest));
    stores(3, page(ScanPoint.END, 2));
    says(answers(4, page(ScanPoint.END, 2)), reply(listed(ScanPoint.END, 0, 1, 2)));
    nothingIsOpen();
  }

  @Test
  void whenOneIsLateOrFailsTheThirdListsItsKeys() {
    ask(scan(ScanPoint.START, 10));
    stores(1, page(ScanPoint.END, 0));
    says(afterMillis(LATE + 8), send(THIRD, 3, list(ScanPoint.START, 10)));
    says(answers(3, page(ScanPoint.END, 1)), reply(listed(ScanPoint.END, 0, 1)));
    says(answers(2, page(ScanPoint.END, 2)));
    nothingIsOpen();
  }

  @Test
  void whoIsLateWithTheRestIsMadeUpForTooAndWhatThereWasIsAPage() {
    ask(scan(ScanPoint.START, 3));
    var between = ScanPoint.after(KEYS.get(1));
    stores(1, page(between, 0, 1));
    says(afterMillis(LATE - 8));
    answers(2, page(ScanPoint.END, 0, 1, 2));
    says(afterMillis(16));
    var rest = new StoreStep.Scan(List.of(new SlotRange(between.slot(), Slot.COUNT - 1)), between, 3);
    says(afterMillis(LATE), send(others(between.slot(), 1), 5, rest));
    assertThat(timeOut()).endsWith(reply(listed(between, 0, 1)));
    nothingIsOpen();
  }

  @Test
  void withoutAQuorumAScanIsRefused() {
    ask(scan(ScanPoint.START, 10));
    says(coordinator.onPeerDown(SECOND, now), send(THIRD, 3, list(ScanPoint.START, 10)));
    says(undelivered(3),
        reply(new Outcome.Refused(Reason.READ_LEVEL, "read level quorum needs 2 replicas, 0 answered")));
    nothingIsOpen();
  }

  @Test
  void aScanThatIsNotAnsweredEndsInTime() {
    ask(scan(ScanPoint.START, 10));
    assertThat(timeOut()).endsWith(
        reply(new Outcome.Refused(Reason.READ_LEVEL, "read level quorum needs 2 replicas, 0 answered in 1000 ms")));
    nothingIsOpen();
  }

  @Test
  void whatANodeHoldsItselfIsListedPageByPage() {
    says(ask(new Request.ScanHere(ALL, ScanPoint.START, 2)), store(1, list(ScanPoint.START, 2)));
    var between = ScanPoint.after(KEYS.get(0));
    says(stores(1, page(between, 0)), store(2, list(between, 2)));
    says(stores(2, page(ScanPoint.END, 3)), reply(listed(ScanPoint.END, 0, 3)));
  }

  @Test
  void eachSlotIsCountedByOneReplica() {
    says(ask(new Request.CountAll()), store(1, new StoreStep.Count(ALL)));
    says(stores(1, new StoreAnswer.Counted(7)), reply(new Outcome.Counted(7)));
    nothingIsOpen();
  }

  @Test
  void countsOfSeveralReplicasAreAddedUp() {
    coordinator = coordinator(ring(1, SELF, B), 100, B);
    var effects = ask(new Request.CountAll());
    assertThat(effects).hasSize(2);
    says(stores(1, new StoreAnswer.Counted(7)));
    says(answers(2, new StoreAnswer.Counted(5)), reply(new Outcome.Counted(12)));
  }

  @Test
  void aCountThatIsNotThereYetIsRefused() {
    ask(new Request.CountHere(ALL));
    says(stores(1, failed(StoreAnswer.Cause.COUNTING, "counting")),
        reply(new Outcome.Refused(Reason.LOADING, "counting")));
    nothingIsOpen();
  }

  @Test
  void aFlushDeletesWhatAScanFinds() {
    ask(new Request.Flush());
    stores(2, page(ScanPoint.END, 0, 1));
    says(answers(3, page(ScanPoint.END, 1)), store(5, delete(0)), store(7, delete(1)));
    var gone = record("", 9, 1);
    stores(5, stored(gone));
    stores(7, stored(gone));
    says(answers(8, merged()));
    says(answers(10, merged()), reply(new Outcome.Flushed()));
    answers(9, merged());
    answers(11, merged());
    nothingIsOpen();
  }

  @Test
  void aFlushThatLeavesSomethingIsUncertain() {
    ask(new Request.Flush());
    stores(2, page(ScanPoint.END, 0, 1));
    answers(3, page(ScanPoint.END, 1));
    stores(5, failed(StoreAnswer.Cause.DISK, "full"));
    says(stores(7, failed(StoreAnswer.Cause.DISK, "full")),
        reply(new Outcome.Uncertain("not all keys were deleted: full")));
    nothingIsOpen();
  }

  private static Request scan(ScanPoint from, int limit) {
    return new Request.Scan(ALL, from, limit);
  }

  private static StoreStep list(ScanPoint from, int limit) {
    return new StoreStep.Scan(ALL, from, limit);
  }

  private static StoreStep delete(int key) {
    return new StoreStep.Put(KEYS.get(key), Content.TOMBSTONE, Causality.BLIND, 0);
  }

  private static StoreAnswer page(ScanPoint next, int... keys) {
    return new StoreAnswer.Page(bytes(keys), next);
  }

  private static Outcome listed(ScanPoint next, int... keys) {
    return new Outcome.Listed(bytes(keys), next);
  }

  private static List<Bytes> bytes(int... keys) {
    return Arrays.stream(keys).mapToObj(key -> KEYS.get(key).bytes()).toList();
  }

  private static NodeId others(int slot, int place) {
    return THREE.preferenceList(slot).nodes().stream().filter(node -> !node.equals(SELF)).toList().get(place);
  }
}
