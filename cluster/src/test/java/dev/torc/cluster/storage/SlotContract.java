package dev.torc.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.AcceptorAnswer.Accepted;
import dev.torc.cluster.storage.AcceptorAnswer.Nacked;
import dev.torc.cluster.storage.AcceptorAnswer.Queried;
import dev.torc.cluster.storage.AcceptorAnswer.Stale;
import dev.torc.cluster.storage.StoreAnswer.Held;
import dev.torc.cluster.storage.StoreAnswer.Stored;
import dev.torc.cluster.version.StoredRecord;
import org.junit.jupiter.api.Test;

/** The laws of {@link ReplicaStore} about a replica that may have forgotten, and what it asks of others. */
public abstract class SlotContract extends AcceptorContract {

  @Test
  void aRaisedSlotTakesPartInNothingUpToTheBallotForAnyOfItsKeys() {
    var store = store();
    one(store, prepare("a", B1));
    assertThat(one(store, new SlotStep.Raise(key("a").slot(), 11, B1))).isEqualTo(new Nacked(B1));
    assertThat(one(store, new SlotStep.Raise(key("a").slot(), 11, B2))).isEqualTo(new Accepted());
    assertThat(one(store, new SlotStep.Raise(key("a").slot(), 11, B2))).isEqualTo(new Nacked(B2));
    assertThat(one(store, prepare("a", B2))).isEqualTo(new Nacked(B2));
    assertThat(one(store, accept("a", B1, "1"))).isEqualTo(new Nacked(B2));
    assertThat(one(store, accept("a", B2, "2"))).isEqualTo(new Nacked(B2));
    assertThat(one(store, prepare("a", B3))).isEqualTo(NOTHING_ACCEPTED);
    assertThat(one(store, prepare("elsewhere", B1))).isEqualTo(NOTHING_ACCEPTED);
  }

  @Test
  void whatOthersAcceptedIsRestoredAsARoundOfItsOwn() {
    var store = store();
    var theirs = AcceptorState.EMPTY.accept(B1, B1, chosen("1", B1), results(B1));
    assertThat(one(store, new AcceptorStep.Restore(key("a"), EPOCH, B2, theirs))).isEqualTo(new Accepted());
    assertThat(one(store, query("a"))).isEqualTo(new Queried(B2, chosen("1", B1), StoredRecord.EMPTY));
    assertThat(one(store, prepare("a", B2))).isEqualTo(new Nacked(B2));
    var later = AcceptorState.EMPTY.accept(B3, B3, chosen("3", B3), results(B3));
    one(store, new AcceptorStep.Restore(key("a"), EPOCH, B2, later));
    assertThat(one(store, query("a"))).isEqualTo(new Queried(B3, chosen("3", B3), StoredRecord.EMPTY));
  }

  @Test
  void afterForgettingWhatIsReadIsMarkedUntilTheSlotIsComplete() {
    var store = store();
    var written = (Stored) one(store, put("a", "1"));
    store = afterForgetting(store);
    assertThat(one(store, fetch("a"))).isEqualTo(new StoreAnswer.Partly(new Held(written.record())));
    assertThat(one(store, new SlotStep.Complete(key("a").slot(), 1, false))).isEqualTo(new Stale());
    assertThat(one(store, new SlotStep.Complete(key("a").slot(), 2, false))).isEqualTo(new Accepted());
    assertThat(one(store, fetch("a"))).isEqualTo(new Held(written.record()));
    assertThat(one(store, query("a"))).isInstanceOf(Queried.class);
  }

  @Test
  void whoLacksRecordsAloneListsThoseInPartAndWhatItAcceptedWhole() {
    var store = store();
    one(store, put("a", "1"));
    one(store, prepare("a", B1));
    store = afterForgetting(store);
    int slot = key("a").slot();
    var range = new SlotRange(slot, slot);
    var from = new ScanPoint(slot, 0);
    assertThat(one(store, new SlotStep.Records(range, from, 100))).isInstanceOf(StoreAnswer.Partly.class);
    assertThat(one(store, new SlotStep.Acceptors(range, from, 100))).isInstanceOf(SlotAnswer.Acceptors.class);
  }
}
