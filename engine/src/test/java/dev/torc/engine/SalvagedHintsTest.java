package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static dev.torc.engine.Scratch.NOW;
import static dev.torc.engine.Scratch.ballot;
import static dev.torc.engine.Scratch.chosen;
import static dev.torc.engine.Scratch.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.protocol.Bytes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was kept for other nodes in a database that was set aside. */
class SalvagedHintsTest {
  private static final int HINTS = 3_000;
  private static final NodeId OWNER = new NodeId(4_711);
  private static final NodeId OTHER = new NodeId(4_712);

  @TempDir
  private Path directory;

  @Test
  void whoseHintsCouldNotBeReadHasMissedSomethingAndNobodyElse() throws Exception {
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 1);
      for (int i = 0; i < HINTS; i++) {
        one(store, new HintStep.Keep(OWNER, key(i), chosen("v" + i, ballot(i + 1))));
      }
      one(store, new HintStep.Keep(OTHER, key(1), chosen("v", ballot(1))));
    }
    Rot.damage(directory, Table.HINTS);
    RocksEngine.setAside(directory, "then");
    try (var database = Scratch.database(directory, BOOT)) {
      var store = Scratch.store(database, 2);
      database.onSecond();
      var salvage = database.salvage();
      Rot.readAll(store);
      assertThat(salvage.tornHints()).isBetween(1L, 1_000L);
      var tally = (HintAnswer.Tally) one(store, new HintStep.CountKept());
      assertThat(tally.missed()).containsExactly(new HintAnswer.Missed(OWNER, NOW.wallMillis()));
      assertThat(tally.owners().getFirst().hints()).isBetween(HINTS - 200L, HINTS - 1L);
    }
  }

  private static Key key(int i) {
    return Key.of(Bytes.of("k" + i));
  }
}
