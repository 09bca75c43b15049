package dev.torc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer.Listed;
import dev.torc.cluster.storage.HintAnswer.Missed;
import dev.torc.cluster.storage.HintAnswer.Owed;
import dev.torc.cluster.storage.HintAnswer.Tally;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hints on the disk: they outlive the process, and their figures are those of what is there. */
class HintDiskTest {
  private static final Moment NOW = new Moment(0, 1_800_000_000_000L);

  @TempDir
  private Path directory;

  @Test
  void hintsOutliveTheProcessWithTheirFigures() {
    var random = new SplittableRandom(3);
    var held = new TreeMap<Key, StoredRecord>();
    Tally before;
    try (var database = Scratch.database(directory, Scratch.BOOT)) {
      var store = Scratch.store(database, 1);
      for (int i = 0; i < 400; i++) {
        var key = Key.of(Bytes.of("k" + random.nextInt(60)));
        var record = held.getOrDefault(key, StoredRecord.EMPTY);
        if (!record.isEmpty() && random.nextInt(3) == 0) {
          one(store, new HintStep.Drop(owner(key), key, record, HintStep.Why.DELIVERED));
          held.remove(key);
        } else {
          var incoming = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(1 + random.nextInt(3), i + 1),
              Content.of(Bytes.of("v".repeat(random.nextInt(90)))));
          one(store, new HintStep.Keep(owner(key), key, incoming));
          held.merge(key, incoming, StoredRecord::merge);
        }
      }
      before = tally(store);
    }
    try (var database = Scratch.database(directory, Scratch.BOOT)) {
      var store = Scratch.store(database, 2);
      assertThat(tally(store)).isEqualTo(before);
      long hints = before.owners().stream().mapToLong(Owed::hints).sum();
      assertThat(hints).isEqualTo(held.size());
      assertThat(all(store)).isEqualTo(held);
      held.forEach((key, record) -> one(store, new HintStep.Drop(owner(key), key, record, HintStep.Why.DELIVERED)));
      assertThat(tally(store)).isEqualTo(new Tally(List.of(), Tally.NONE));
    }
  }

  @Test
  void figuresAddUpWhenTheShardsBecomeFewer() {
    var config = Scratch.config(directory);
    try (var engine = RocksEngine.open(config.withShards(4), Scratch.host(Scratch.BOOT, 5))) {
      for (int i = 0; i < 40; i++) {
        submit(engine, keep("k" + i));
      }
    }
    try (var engine = RocksEngine.open(config.withShards(1), Scratch.host(Scratch.BOOT, 5))) {
      var tally = (Tally) submit(engine, new HintStep.CountKept());
      assertThat(tally.owners()).extracting(Owed::hints).containsExactly(40L);
      var listed = (Listed) submit(engine, new HintStep.ListKept(new NodeId(7), Optional.empty(), 100));
      for (var pending : listed.hints()) {
        submit(engine,
            new HintStep.Drop(pending.owner(), pending.key(), pending.hint().record(), HintStep.Why.DELIVERED));
      }
      assertThat(submit(engine, new HintStep.CountKept())).isEqualTo(new Tally(List.of(), Tally.NONE));
    }
  }

  @Test
  void whoMissedSomethingIsRememberedBeyondTheProcess() {
    var config = Scratch.config(directory);
    try (var engine = RocksEngine.open(config.withShards(4), Scratch.host(Scratch.BOOT, 5))) {
      submit(engine, keep("k"));
      var record = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(1, 1), Content.TOMBSTONE);
      submit(engine, new HintStep.Drop(new NodeId(7), Key.of(Bytes.of("k")), record, HintStep.Why.GIVEN_UP));
    }
    try (var engine = RocksEngine.open(config.withShards(2), Scratch.host(Scratch.BOOT, 5))) {
      var tally = (Tally) submit(engine, new HintStep.CountKept());
      assertThat(tally.missed()).extracting(Missed::owner).containsExactly(new NodeId(7));
      assertThat(tally.owners()).isEmpty();
    }
  }

  @Test
  void aNodeThatIsToldThatItMissedSomethingSaysSoWithItsTrees() {
    try (var engine = RocksEngine.open(Scratch.config(directory), Scratch.host(Scratch.BOOT, 5))) {
      assertThat(engine.trees().missed()).isZero();
      assertThat(submit(engine, new HintStep.TellMissed())).isEqualTo(new StoreAnswer.Confirmed(true));
      assertThat(engine.trees().missed()).isOne();
    }
  }

  private static HintStep keep(String key) {
    return new HintStep.Keep(new NodeId(7), Key.of(Bytes.of(key)),
        StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(1, 1), Content.TOMBSTONE));
  }

  private static StoreAnswer submit(RocksEngine engine, HintStep step) {
    var answer = new CompletableFuture<StoreAnswer>();
    engine.shardOf(step.slot()).submit(new StepBatch(List.of(step), answers -> answer.complete(answers.getFirst())));
    return answer.join();
  }

  private static TreeMap<Key, StoredRecord> all(RocksReplicaStore store) {
    var found = new TreeMap<Key, StoredRecord>();
    for (var owed : tally(store).owners()) {
      var all = new ArrayList<>(
          ((Listed) one(store, new HintStep.ListKept(owed.owner(), Optional.empty(), 100))).hints());
      all.forEach(pending -> found.put(pending.key(), pending.hint().record()));
    }
    return found;
  }

  private static Tally tally(RocksReplicaStore store) {
    return (Tally) one(store, new HintStep.CountKept());
  }

  private static NodeId owner(Key key) {
    return new NodeId(key.slot() % 3 - 1);
  }

  private static StoreAnswer one(RocksReplicaStore store, StoreStep step) {
    return store.perform(List.of(step), NOW).getFirst();
  }
}
