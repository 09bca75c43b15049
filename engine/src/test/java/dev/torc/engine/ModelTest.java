package dev.torc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.ReplicaStore;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random batches of steps, with clean restarts between, of which some are not believed: the store on disk answers as the one in memory does. */
class ModelTest {
  private static final int BATCHES = 150;

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theStoreOnDiskAnswersAsTheOneInMemory(long seed) throws Exception {
    var random = new SplittableRandom(seed);
    var memory = new MemoryReplicaStore(new HybridClock(0, 5_000), new SplittableRandom(seed));
    var actorIds = new SplittableRandom(seed);
    var database = Scratch.database(directory, Scratch.BOOT);
    var disk = store(database, actorIds);
    var now = Scratch.NOW;
    for (int i = 0; i < BATCHES; i++) {
      var steps = batch(random, now);
      assertThat(disk.perform(steps, now)).as("batch %d of seed %d", i, seed).isEqualTo(memory.perform(steps, now));
      now = now.plus(random.nextInt(20));
      if (random.nextInt(4) == 0) {
        disk.sweepExpired(10_000, now);
        memory.sweepExpired(10_000, now);
      }
      if (random.nextInt(15) == 0) {
        database.close(new long[] {((RocksReplicaStore) disk).clock().last()});
        if (random.nextInt(3) == 0) {
          Files.delete(directory.resolve("torc.boot"));
          memory.forgetActors();
        }
        database = Scratch.database(directory, Scratch.BOOT);
        disk = store(database, actorIds);
      }
    }
    database.close();
  }

  private static ReplicaStore store(Database database, SplittableRandom actorIds) {
    return new RocksReplicaStore(database, 0, actorIds, new StoreMeters());
  }

  private static List<StoreStep> batch(SplittableRandom random, Moment now) {
    var steps = new ArrayList<StoreStep>();
    for (int i = random.nextInt(40) + 1; i > 0; i--) {
      steps.add(step(random, now));
    }
    return steps;
  }

  private static StoreStep step(SplittableRandom random, Moment now) {
    var key = Key.of(Bytes.of("k" + random.nextInt(60)));
    int first = random.nextInt(16_000);
    var ranges = List.of(new SlotRange(first / 2, first), new SlotRange(first + 2, 16_383));
    return switch (random.nextInt(18)) {
      case 12, 13, 14, 15 -> acceptorStep(random, key, now);
      case 16 -> new StoreStep.Confirm(key, new Dot(random.nextInt(1, 4), hlc(random, now)), random.nextBoolean());
      case 0, 1, 2 -> new StoreStep.Put(key, content(random, now), Causality.BLIND, 0);
      case 3 -> new StoreStep.Put(key, content(random, now), Causality.after(Context.of(version(random, now))), 0);
      case 4, 5 -> new StoreStep.Merge(key, foreign(random, now));
      case 6 -> new StoreStep.Fetch(key, random.nextInt(100));
      case 7 -> new StoreStep.Scan(ranges, new ScanPoint(random.nextInt(16_384), 0), random.nextInt(20) + 1);
      case 8 -> new StoreStep.Count(ranges);
      default -> new StoreStep.Fetch(key, StoreStep.Fetch.NO_LIMIT);
    };
  }

  private static StoreStep acceptorStep(SplittableRandom random, Key key, Moment now) {
    var ballot = ballot(random, now);
    return switch (random.nextInt(5)) {
      case 0 -> new AcceptorStep.Prepare(key, Scratch.EPOCH, ballot);
      case 1 -> new AcceptorStep.Query(key, Scratch.EPOCH);
      case 2 -> new AcceptorStep.Rejoin(key, Scratch.EPOCH);
      default -> new AcceptorStep.Accept(key, Scratch.EPOCH, ballot, foreign(random, now), Scratch.results(ballot),
          random.nextBoolean() ? ballot : ballot(random, now), random.nextBoolean());
    };
  }

  /** Rising, mostly. */
  private static Ballot ballot(SplittableRandom random, Moment now) {
    return new Ballot(now.wallMillis() + random.nextInt(40) << 16, random.nextInt(1, 4));
  }

  private static StoredRecord foreign(SplittableRandom random, Moment now) {
    var record = StoredRecord.EMPTY;
    for (int i = random.nextInt(2); i >= 0; i--) {
      var dot = new Dot(random.nextInt(1, 4), hlc(random, now));
      if (!record.version().covers(dot)) {
        record = record.update(VersionVector.EMPTY, dot, content(random, now));
      }
    }
    return record;
  }

  private static VersionVector version(SplittableRandom random, Moment now) {
    return VersionVector.of(new Dot(random.nextInt(1, 4), hlc(random, now)));
  }

  private static long hlc(SplittableRandom random, Moment now) {
    return now.wallMillis() + random.nextInt(-1_000, 6_000) << 16;
  }

  private static Content content(SplittableRandom random, Moment now) {
    var value = Bytes.of(new byte[random.nextInt(10) == 0 ? 20_000 : random.nextInt(100)]);
    return switch (random.nextInt(4)) {
      case 0 -> Content.TOMBSTONE;
      case 1 -> Content.of(value, now.wallMillis() + random.nextInt(-5, 100));
      default -> Content.of(value);
    };
  }
}
