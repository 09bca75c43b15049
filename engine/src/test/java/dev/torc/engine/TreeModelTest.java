package dev.torc.engine;

import static dev.torc.engine.Scratch.BOOT;
import static dev.torc.engine.Scratch.NOW;
import static dev.torc.engine.Scratch.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.policy.ReplicaCounts;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.ReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeNodes;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.cluster.storage.Trees;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After whatever steps and stops, the trees are those of the records. */
class TreeModelTest {
  private static final int BATCHES = 120;
  private static final int KEYS = 60;
  private static final ReplicaCounts MIXED = counts("k1", 5);

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theTreesAreThoseOfTheRecordsAfterAnySteps(long seed) {
    var random = new SplittableRandom(seed);
    var actorIds = new SplittableRandom(seed);
    var database = database(MIXED);
    var disk = new RocksReplicaStore(database, 0, actorIds, new StoreMeters());
    var now = NOW;
    for (int i = 0; i < BATCHES; i++) {
      disk.perform(batch(random, now), now);
      now = now.plus(random.nextInt(20));
      if (random.nextInt(4) == 0) {
        disk.sweepExpired(10_000, now);
      }
      if (random.nextInt(10) == 0) {
        boolean clean = random.nextBoolean();
        boolean wasComplete = trees(database).isComplete();
        database.close(clean ? new long[] {disk.clock().last()} : null);
        database = database(MIXED);
        disk = new RocksReplicaStore(database, 0, actorIds, new StoreMeters());
        assertThat(trees(database).isComplete()).isEqualTo(clean && wasComplete);
      }
      if (random.nextBoolean()) {
        disk.readOn(random.nextInt(1, 30));
      }
      if (trees(database).isComplete()) {
        var memory = recordsOf(disk);
        assertThat(shown(trees(database))).as("batch %d of seed %d", i, seed).isEqualTo(shown(memory.trees()));
        var digests = digests(memory, random);
        assertThat(disk.perform(digests, now)).isEqualTo(memory.perform(digests, now));
      }
    }
    readAll(disk);
    assertThat(shown(trees(database))).isEqualTo(shown(recordsOf(disk).trees()));
    database.close();
  }

  /** A store in memory with the same records and the trees that are made of them. */
  private static MemoryReplicaStore recordsOf(ReplicaStore disk) {
    var memory = new MemoryReplicaStore(new HybridClock(0, 5_000), new SplittableRandom(1));
    for (int i = 0; i < KEYS; i++) {
      var record = ((StoreAnswer.Held) one(disk, Scratch.fetch("k" + i))).record();
      if (!record.isEmpty()) {
        memory.records().put(key("k" + i), record);
      }
    }
    memory.trees().partitionBy(MIXED);
    memory.trees().rebuild(memory.records());
    return memory;
  }

  @Test
  void keysThatGetAnotherNMoveToAnotherTree() {
    try (var database = database(ReplicaCounts.UNIFORM)) {
      var store = Scratch.store(database, 1);
      List.of("k1", "k2", "k11").forEach(key -> Scratch.write(store, key, "v"));
      long all = root(database, 0);
      trees(database).partitionBy(MIXED);
      assertThat(trees(database).isComplete()).isFalse();
      Scratch.write(store, "k12", "v");
      readAll(store);
      assertThat(trees(database).isComplete()).isTrue();
      assertThat(List.of(trees(database).partition(), (long) trees(database).inUse().size()))
          .isEqualTo(List.of(MIXED.digest(), 2L));
      assertThat(root(database, 5)).isNotZero();
      trees(database).partitionBy(ReplicaCounts.UNIFORM);
      one(store, new StoreStep.Put(key("k12"), Content.TOMBSTONE, Causality.BLIND, 0));
      readAll(store);
      assertThat(root(database, 5)).isZero();
      assertThat(root(database, 0)).isNotEqualTo(all);
    }
  }

  @Test
  void aChangeOfNWhileTheNodeWasDownIsFound() {
    try (var database = database(ReplicaCounts.UNIFORM)) {
      var store = Scratch.store(database, 1);
      Scratch.write(store, "k1", "v");
      database.close(new long[] {store.clock().last()});
    }
    try (var database = database(MIXED)) {
      assertThat(trees(database).isComplete()).isFalse();
      readAll(Scratch.store(database, 2));
      assertThat(root(database, 0)).isZero();
      assertThat(root(database, 5)).isNotZero();
    }
  }

  @Test
  void whileTreesAreBuiltNobodyComparesThem() {
    try (var database = database(ReplicaCounts.UNIFORM)) {
      Scratch.write(Scratch.store(database, 1), "k1", "v");
    }
    try (var database = database(ReplicaCounts.UNIFORM)) {
      var scope = new TreeStep.Scope(new NodeId(1), 0, 0, 0);
      var answer = one(Scratch.store(database, 2),
          new TreeStep.Compare(scope, SlotSet.ALL, List.of(new TreeStep.Shown(TreeNodes.ROOT, 0))));
      assertThat(answer.toString()).contains("COUNTING");
    }
  }

  @Test
  void aCheckFindsASlotThatIsNotOnDiskAsItWasWrittenAndCountsAsOneThatMayHaveForgottenIt() {
    try (var database = database(ReplicaCounts.UNIFORM)) {
      var store = Scratch.store(database, 1);
      for (int i = 0; i < 2_000; i++) {
        Scratch.write(store, "k" + i, "v");
      }
      long right = root(database, 0);
      store.beginCheck();
      int pieces = 0;
      for (; store.readOn(100); pieces++) {
        Scratch.write(store, "k" + pieces, "again");
        Scratch.write(store, "k" + (2_000 - pieces), "again");
      }
      assertThat(pieces).isGreaterThan(10);
      assertThat(database.book().isCatchingUp()).isFalse();
      long written = root(database, 0);
      assertThat(written).isNotEqualTo(right);
      int slot = key("k77").slot();
      long actor = store.actor(slot);
      trees(database).change(0, TreeNodes.leaf(key("k77")), 4711);
      store.beginCheck();
      readAll(store);
      assertThat(database.book().wholeness(slot)).isEqualTo(new Wholeness(1, true, true));
      assertThat(database.book().wholeness(slot + 1)).isEqualTo(Wholeness.WHOLE);
      assertThat(store.actor(slot)).isNotEqualTo(actor);
      assertThat(root(database, 0)).isEqualTo(written);
    }
  }

  private Database database(ReplicaCounts counts) {
    return Database.open(Scratch.config(directory), Scratch.host(BOOT, 1).with(saved -> counts));
  }

  private static HashForest trees(Database database) {
    return database.slots().forest();
  }

  private static long root(Database database, int replicas) {
    return trees(database).hash(replicas, TreeNodes.ROOT, SlotSet.ALL);
  }

  private static void readAll(RocksReplicaStore store) {
    while (store.readOn(100)) {
      continue;
    }
  }

  private static ReplicaCounts counts(String prefix, int replicas) {
    var policy = new Policy(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.of(replicas),
        Optional.empty());
    return ReplicaCounts.of(PolicyTable.EMPTY.with(Bytes.of(prefix), Optional.of(policy)));
  }

  /** The hashes of all nodes above some keys' leaves. */
  private static TreeMap<String, Long> shown(Trees trees) {
    var shown = new TreeMap<String, Long>();
    for (int replicas : trees.inUse()) {
      for (int i = 0; i < KEYS; i++) {
        for (int node = TreeNodes.leaf(key("k" + i)); node > 0; node /= TreeNodes.FAN_OUT) {
          shown.put(replicas + "/" + node, trees.hash(replicas, node, SlotSet.ALL));
          shown.put(replicas + "/some/" + node, trees.hash(replicas, node, SlotSet.of(key("k1").slot())));
        }
      }
    }
    return shown;
  }

  private static List<StoreStep> digests(ReplicaStore store, SplittableRandom random) {
    var steps = new ArrayList<StoreStep>();
    for (int i = 0; i < 10; i++) {
      var scope = new TreeStep.Scope(new NodeId(1), 0, MIXED.digest(), random.nextBoolean() ? 0 : 5);
      int leaf = TreeNodes.leaf(key("k" + random.nextInt(KEYS)));
      steps.add(TreeStep.Digests.of(scope, leaf));
      steps.add(new TreeStep.Compare(scope, SlotSet.ALL,
          List.of(new TreeStep.Shown(TreeNodes.ROOT, random.nextLong()), new TreeStep.Shown(leaf, 0))));
    }
    return steps;
  }

  private static List<StoreStep> batch(SplittableRandom random, Moment now) {
    var steps = new ArrayList<StoreStep>();
    for (int i = random.nextInt(20) + 1; i > 0; i--) {
      var key = key("k" + random.nextInt(KEYS));
      steps.add(switch (random.nextInt(4)) {
        case 0 -> new StoreStep.Put(key, Content.TOMBSTONE, Causality.BLIND, 0);
        case 1 -> new StoreStep.Merge(key, foreign(random, now));
        case 2 -> new StoreStep.Put(key, Content.of(Bytes.of("v"), now.wallMillis() + random.nextInt(100)),
            Causality.BLIND, 0);
        default -> new StoreStep.Put(key, Content.of(Bytes.of("v")), Causality.BLIND, 0);
      });
    }
    return steps;
  }

  private static StoredRecord foreign(SplittableRandom random, Moment now) {
    var dot = new Dot(random.nextInt(1, 4), now.wallMillis() + random.nextInt(-1_000, 1_000) << 16);
    return StoredRecord.EMPTY.update(VersionVector.EMPTY, dot, Content.of(Bytes.of("foreign")));
  }

  private static Key key(String text) {
    return Key.of(Bytes.of(text));
  }
}
