package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static dev.torc.engine.Scratch.EPOCH;
import static dev.torc.engine.Scratch.NOW;
import static dev.torc.engine.Scratch.ballot;
import static dev.torc.engine.Scratch.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of deletions, on the disk. */
class ReapDiskTest {
  private static final Key KEY = Key.of(Bytes.of("key"));

  @TempDir
  private Path directory;

  /** The others drop theirs on its word, and it must not have the old value again after a power cut. */
  @Test
  void whatAReplicaSaysThatItHoldsOfADeletionIsOnItsDisk() {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      var tombstone = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(5, NOW.wallMillis() << 16),
          Content.TOMBSTONE);
      one(store, new StoreStep.Merge(KEY, tombstone));
      assertThat(isAllOnDisk(database)).isFalse();
      var inspected = store.perform(List.of(new ReapStep.Inspect(KEY, 1_000)), NOW.plus(2_000)).getFirst();
      assertThat(((ReapAnswer.Inspected) inspected).isGone()).isTrue();
      assertThat(isAllOnDisk(database)).isTrue();
    }
  }

  @Test
  void aKeyThatHadPromisesAndNeverARecordIsNotListedForEver() throws Exception {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      var round = ballot(3);
      one(store, new AcceptorStep.Prepare(KEY, EPOCH, round));
      one(store, new AcceptorStep.Accept(KEY, EPOCH, round, StoredRecord.EMPTY, Envelope.EMPTY, round, false));
      assertThat(listed(database)).isEqualTo(1);
      assertThat(one(store, new ReapStep.Reap(KEY, StoredRecord.EMPTY, round))).isEqualTo(new ReapAnswer.Reaped(true));
      assertThat(listed(database)).isZero();
    }
  }

  private static boolean isAllOnDisk(Database database) {
    try {
      return database.enter().isAllOnDisk();
    } finally {
      database.leave();
    }
  }

  private static int listed(Database database) throws Exception {
    int listed = 0;
    try (var entries = database.enter().iterate(Table.LEFTOVERS)) {
      for (entries.seekToFirst(); entries.isValid(); entries.next()) {
        listed++;
      }
      entries.status();
    } finally {
      database.leave();
    }
    return listed;
  }
}
