package dev.torc.engine;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What a step costs the shard's thread, in nanoseconds of CPU, in batches of 32 with values of 100 bytes: not a test, started by hand with the data directory, the number of
 * keys and the megabytes of hot records as arguments.
 */
final class StoreCost {
  private static final int BATCH = 32;
  private static final int ROUNDS = 6;
  private static final int BATCHES = 15_000;

  private final RocksReplicaStore store;
  private final Key[] keys;
  private final SplittableRandom random = new SplittableRandom(7);

  private StoreCost(RocksReplicaStore store, int keys) {
    this.store = store;
    this.keys = new Key[keys];
    for (int i = 0; i < keys; i++) {
      this.keys[i] = Key.of(Bytes.of(String.format("key:%012d", i)));
    }
  }

  public static void main(String[] arguments) throws Exception {
    var directory = Files.createTempDirectory(Path.of(arguments[0]), "cost");
    int keys = Integer.parseInt(arguments[1]);
    var config = new EngineConfig(directory, 1, 256L << 20, 64L << 20, Long.parseLong(arguments[2]) << 20,
        WriteSync.EVERYSEC, 65_536, 64 << 20, 5_000, 0);
    var host = Scratch.host(Scratch.BOOT, 1);
    try (var database = Database.open(config, host)) {
      var cost = new StoreCost(Scratch.store(database, 1), keys);
      cost.fill();
      for (int round = 0; round < ROUNDS; round++) {
        System.out.printf(Locale.ROOT, "put %5.0f ns   get %5.0f ns%n", cost.puts(), cost.gets());
      }
    }
  }

  private void fill() {
    for (int i = 0; i < keys.length; i += BATCH) {
      var steps = new ArrayList<StoreStep>(BATCH);
      for (int j = i; j < Math.min(keys.length, i + BATCH); j++) {
        steps.add(put(keys[j]));
      }
      perform(steps);
    }
  }

  private double puts() {
    var batches = new ArrayList<List<StoreStep>>();
    for (int i = 0; i < BATCHES; i++) {
      var steps = new ArrayList<StoreStep>(BATCH);
      for (int j = 0; j < BATCH; j++) {
        steps.add(put(keys[random.nextInt(keys.length)]));
      }
      batches.add(steps);
    }
    return nanosPerStep(batches);
  }

  private double gets() {
    var batches = new ArrayList<List<StoreStep>>();
    for (int i = 0; i < BATCHES; i++) {
      var steps = new ArrayList<StoreStep>(BATCH);
      for (int j = 0; j < BATCH; j++) {
        steps.add(new StoreStep.Fetch(keys[random.nextInt(keys.length)], StoreStep.Fetch.NO_LIMIT));
      }
      batches.add(steps);
    }
    return nanosPerStep(batches);
  }

  private double nanosPerStep(List<List<StoreStep>> batches) {
    var thread = ManagementFactory.getThreadMXBean();
    long from = thread.getCurrentThreadCpuTime();
    batches.forEach(this::perform);
    return (thread.getCurrentThreadCpuTime() - from) / (double) BATCH / BATCHES;
  }

  private void perform(List<StoreStep> steps) {
    store.perform(steps, new Moment(System.nanoTime() / 1_000_000, System.currentTimeMillis()));
  }

  private StoreStep put(Key key) {
    var value = new byte[100];
    random.nextBytes(value);
    return new StoreStep.Put(key, Content.of(Bytes.of(value)), Causality.BLIND, 0);
  }
}
