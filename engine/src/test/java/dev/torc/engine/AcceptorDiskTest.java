package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static dev.torc.engine.Scratch.NOW;
import static dev.torc.engine.Scratch.accept;
import static dev.torc.engine.Scratch.ballot;
import static dev.torc.engine.Scratch.chosen;
import static dev.torc.engine.Scratch.one;
import static dev.torc.engine.Scratch.prepare;
import static dev.torc.engine.Scratch.put;
import static dev.torc.engine.Scratch.query;
import static dev.torc.engine.Scratch.read;
import static dev.torc.engine.Scratch.results;
import static dev.torc.engine.Scratch.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.AcceptorAnswer.Abstained;
import dev.torc.cluster.storage.AcceptorAnswer.Accepted;
import dev.torc.cluster.storage.AcceptorAnswer.Nacked;
import dev.torc.cluster.storage.AcceptorAnswer.Promised;
import dev.torc.cluster.storage.AcceptorAnswer.Queried;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.storage.StoreAnswer.Failed;
import dev.torc.cluster.storage.StoreAnswer.Stored;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBatch;

/** What an acceptor remembers is on disk before it is told, and outlives what ordinary writes may not. */
class AcceptorDiskTest {
  @TempDir
  private Path directory;
  @TempDir
  private Path saved;

  @Test
  void aPowerCutTakesWhatWasWrittenBehindTheLastAcceptanceAndNothingInFront() throws Exception {
    var inFront = cutBehindAnAcceptance();
    try (var database = Scratch.database(directory, "another-boot")) {
      var store = Scratch.store(database, 2);
      assertThat(read(store, "ordinary")).isEqualTo("in front");
      assertThat(read(store, "a")).isEqualTo("in front");
      assertThat(store.era()).isEqualTo(2);
      assertThat(store.perform(List.of(prepare("a", ballot(2)), accept("a", ballot(2), "2"), query("a")), NOW))
          .containsOnly(new Abstained());
      assertThat(one(store, new AcceptorStep.Rejoin(Key.of(Bytes.of("a")), Scratch.EPOCH))).isEqualTo(new Accepted());
      assertThat(one(store, prepare("a", ballot(1)))).isEqualTo(new Nacked(ballot(7)));
      assertThat(one(store, prepare("a", ballot(8)))).isEqualTo(
          new Promised(ballot(1), chosen("1", ballot(1)), results(ballot(1)), inFront.record()));
    }
  }

  @Test
  void theDeathOfTheProcessAloneIsNoReasonToAbstain() throws Exception {
    cutBehindAnAcceptance();
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      assertThat(store.era()).isEqualTo(1);
      assertThat(one(store, prepare("a", ballot(3)))).isEqualTo(new Nacked(ballot(7)));
      assertThat(one(store, prepare("a", ballot(8)))).isInstanceOf(Promised.class);
    }
  }

  /** Leaves the directory as it was when the acceptance was answered. */
  private Stored cutBehindAnAcceptance() throws IOException {
    Stored inFront;
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      write(store, "ordinary", "in front");
      inFront = write(store, "a", "in front");
      store.perform(List.of(prepare("a", ballot(1)), accept("a", ballot(1), "1"), prepare("a", ballot(7))), NOW);
      assertThat(isAllOnDisk(database)).isTrue();
      copy(directory, saved);
      write(store, "ordinary", "behind");
      write(store, "a", "behind");
      assertThat(isAllOnDisk(database)).isFalse();
    }
    copy(saved, directory);
    return inFront;
  }

  @Test
  void onlyWhatAnAcceptorChangesAndWhatAsksForItIsSynced() {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      for (var changing : List.of(prepare("a", ballot(1)), accept("a", ballot(1), "1"), prepare("a", ballot(3)))) {
        var put = (Stored) one(store, put("other", "v"));
        assertThat(isAllOnDisk(database)).isFalse();
        assertThat(put.record().siblings()).hasSize(1);
        one(store, changing);
        assertThat(isAllOnDisk(database)).isTrue();
      }
      var last = write(store, "other", "v");
      for (var unchanging : List.of(query("a"), prepare("a", ballot(2)), accept("a", ballot(1), "1"),
          new AcceptorStep.Rejoin(Key.of(Bytes.of("a")), Scratch.EPOCH), confirm(last, false))) {
        one(store, unchanging);
        assertThat(isAllOnDisk(database)).as("%s", unchanging).isFalse();
      }
      one(store, confirm(last, true));
      assertThat(isAllOnDisk(database)).isTrue();
      store.perform(List.of(put("other", "w"), confirm(last, true)), NOW);
      assertThat(isAllOnDisk(database)).isTrue();
    }
  }

  @Test
  void aStoreThatSyncsAlwaysHasNothingLeftToSync() {
    var always = Scratch.config(directory).withWriteSync(WriteSync.ALWAYS);
    try (var database = Database.open(always, Scratch.host(BOOT, 1))) {
      write(Scratch.store(database, 1), "a", "1");
      assertThat(isAllOnDisk(database)).isTrue();
    }
  }

  @Test
  void aDatabaseFromBeforeThereWereAcceptorsOpens() throws Exception {
    try (var database = Scratch.database(directory, BOOT)) {
      write(Scratch.store(database, 1), "a", "1");
    }
    dropAcceptors();
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      assertThat(read(store, "a")).isEqualTo("1");
      assertThat(one(store, accept("a", ballot(1), "2"))).isEqualTo(new Accepted());
    }
  }

  @Test
  void aStateThatCannotBeReadIsAFailureAndNeverTakenForNone() throws Exception {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      write(store, "a", "1");
      spoil(database, "a");
      var steps = List.<StoreStep>of(prepare("a", ballot(1)), accept("a", ballot(1), "2"), query("a"),
          new AcceptorStep.Rejoin(Key.of(Bytes.of("a")), Scratch.EPOCH));
      for (var answer : store.perform(steps, NOW)) {
        assertThat(((Failed) answer).cause()).isEqualTo(Cause.DISK);
        assertThat(((Failed) answer).reason()).startsWith("an acceptor's state cannot be read: ");
      }
      assertThat(read(store, "a")).isEqualTo("1");
      assertThat(one(store, put("a", "2"))).isInstanceOf(Stored.class);
      assertThat(one(store, prepare("b", ballot(1)))).isInstanceOf(Promised.class);
    }
  }

  @Test
  void theHotStateIsTheOneOnDisk() {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      for (int i = 1; i <= 50; i++) {
        one(store, accept("a", ballot(i), "" + i));
        var other = Scratch.store(database, 2);
        var accepted = new Queried(ballot(i), chosen("" + i, ballot(i)), StoredRecord.EMPTY);
        assertThat(one(other, query("a"))).isEqualTo(accepted);
        assertThat(one(store, query("a"))).isEqualTo(accepted);
      }
    }
  }

  private static StoreStep confirm(Stored written, boolean synced) {
    return new StoreStep.Confirm(Key.of(Bytes.of("other")), written.dot(), synced);
  }

  private static boolean isAllOnDisk(Database database) {
    try {
      return database.enter().isAllOnDisk();
    } finally {
      database.leave();
    }
  }

  /** One answer for each step, and an end: what cannot be read is not tried for ever. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aSlotWhoseAcceptorsCannotBeReadFailsAndItsNeighboursDoNot() throws Exception {
    int slot = Key.of(Bytes.of("k")).slot();
    int neighbour = (slot + 1) % 16_384;
    try (var database = Scratch.database(directory, BOOT)) {
      spoil(database, "k");
      var answers = Scratch.store(database, 1).perform(List.of(new SlotStep.Raise(neighbour, 1, ballot(1)),
          new SlotStep.Raise(slot, 1, ballot(1)), new SlotStep.Raise(neighbour, 1, ballot(1))), NOW);
      assertThat(answers).hasSize(3);
      assertThat(answers.get(1)).isInstanceOf(Failed.class);
      assertThat(answers.get(2)).isNotInstanceOf(Failed.class);
    }
  }

  private static void spoil(Database database, String key) throws Exception {
    var tables = database.enter();
    try (var batch = new WriteBatch()) {
      tables.put(batch, Table.ACCEPTORS, DiskKey.of(Key.of(Bytes.of(key))), new byte[] {1, 2, 3});
      tables.write(batch);
    } finally {
      database.leave();
    }
  }

  private void dropAcceptors() throws Exception {
    var path = directory.resolve("rocksdb").toString();
    var families = new ArrayList<ColumnFamilyDescriptor>();
    try (var options = new Options(); var dbOptions = new DBOptions()) {
      RocksDB.listColumnFamilies(options, path).forEach(name -> families.add(new ColumnFamilyDescriptor(name)));
      var handles = new ArrayList<ColumnFamilyHandle>();
      try (var db = RocksDB.open(dbOptions, path, families, handles)) {
        db.dropColumnFamily(handles.get(Table.ACCEPTORS.ordinal()));
        handles.forEach(ColumnFamilyHandle::close);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var old = Files.walk(to)) {
      for (var path : old.sorted((a, b) -> b.compareTo(a)).filter(path -> !path.equals(to)).toList()) {
        Files.delete(path);
      }
    }
    try (var all = Files.walk(from)) {
      for (var path : all.filter(path -> !path.equals(from)).toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }
}
