package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static dev.torc.engine.Scratch.NOW;
import static dev.torc.engine.Scratch.ballot;
import static dev.torc.engine.Scratch.one;
import static dev.torc.engine.Scratch.put;
import static dev.torc.engine.Scratch.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that may be an older copy: somebody may have stamped and promised under its names what it knows nothing of. */
class DoubtTest {
  private static final Key KEY = Key.of(Bytes.of("a"));
  private static final StoreStep KEPT = new HintStep.PutKept(List.of(new NodeId(7)), (StoreStep.Put) put("a", "v"));

  @TempDir
  private Path directory;
  private Database database;
  private RocksReplicaStore store;

  @BeforeEach
  void open() {
    database = Scratch.database(directory, BOOT);
    store = Scratch.store(database, 1);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsWrittenInDoubtIsStampedByNobodyWhoWroteBefore() {
    long before = write(store, "a", "1").dot().actor();
    database.book().doubt(true);
    long inDoubt = write(store, "a", "2").dot().actor();
    assertThat(inDoubt).isNotEqualTo(before);
    assertThat(write(store, "a", "3").dot().actor()).isEqualTo(inDoubt);
    assertThat(one(store, Scratch.fetch("a"))).isInstanceOf(StoreAnswer.Held.class);
    database.book().doubt(false);
    assertThat(write(store, "a", "4").dot().actor()).isEqualTo(before);
  }

  @Test
  void whoStampsInAHintIsNobodyWhoDidBefore() {
    long before = stamper();
    assertThat(stamper()).isEqualTo(before);
    database.book().doubt(true);
    long inDoubt = stamper();
    assertThat(inDoubt).isNotEqualTo(before);
    database.book().doubt(false);
    assertThat(stamper()).isNotIn(before, inDoubt);
  }

  @Test
  void anAcceptorInDoubtAbstains() {
    database.book().doubt(true);
    assertThat(one(store, Scratch.prepare("a", ballot(1)))).isEqualTo(new AcceptorAnswer.Abstained());
    database.book().doubt(false);
    assertThat(one(store, Scratch.prepare("a", ballot(1)))).isInstanceOf(AcceptorAnswer.Promised.class);
  }

  @Test
  void nothingIsForgottenOnTheWordOfAReplicaInDoubt() {
    one(store, new StoreStep.Put(KEY, Content.TOMBSTONE,
        Causality.BLIND, 0));
    database.book().doubt(true);
    assertThat(isGone()).isFalse();
    database.book().doubt(false);
    assertThat(isGone()).isTrue();
  }

  private boolean isGone() {
    var answer = store.perform(List.of(new ReapStep.Inspect(KEY, 1_000)), NOW.plus(2_000)).getFirst();
    return ((ReapAnswer.Inspected) answer).isGone();
  }

  private long stamper() {
    return ((StoreAnswer.Stored) one(store, KEPT)).dot().actor();
  }
}
