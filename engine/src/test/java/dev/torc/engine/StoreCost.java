package dev.torc.engine;

import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What a step costs the shard's thread, in nanoseconds of CPU, in batches of 32 with values of 100 bytes: not a test, started by hand with the data directory, the number of
 * keys and the megabytes of hot records as arguments. Then the same, and the time, of acceptances beside writes.
 */
final class StoreCost {
  private static final int BATCH = 32;
  private static final int ROUNDS = 6;
  private static final int BATCHES = 15_000;
  private static final int SYNCED_BATCHES = 3_000;

  private final RocksReplicaStore store;
  private final Key[] keys;
  private final SplittableRandom random = new SplittableRandom(7);
  private int rounds;

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
      for (int batch : new int[] {1, BATCH}) {
        System.out.printf(Locale.ROOT, "batches of %d: %s, %s%n", batch, cost.timed("put", batch, cost::put),
            cost.timed("accept", batch, cost::accept));
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

  /** CPU and time of a step, after a round to warm up; a batch of acceptances is one fsync. */
  private String timed(String name, int batch, Function<Key, StoreStep> step) {
    double cpuMicros = 0;
    double waitMicros = 0;
    var thread = ManagementFactory.getThreadMXBean();
    for (int round = 0; round < 2; round++) {
      long cpu = thread.getCurrentThreadCpuTime();
      long time = System.nanoTime();
      for (int i = 0; i < SYNCED_BATCHES; i++) {
        var steps = new ArrayList<StoreStep>(batch);
        for (int j = 0; j < batch; j++) {
          steps.add(step.apply(keys[random.nextInt(keys.length)]));
        }
        perform(steps);
      }
      cpuMicros = (thread.getCurrentThreadCpuTime() - cpu) / 1e3 / SYNCED_BATCHES / batch;
      waitMicros = (System.nanoTime() - time) / 1e3 / SYNCED_BATCHES;
    }
    return String.format(Locale.ROOT, "%s %.1f us of CPU, a batch answered after %.0f us", name, cpuMicros, waitMicros);
  }

  /** As a proposer that goes by what it saw last time. */
  private StoreStep accept(Key key) {
    var value = new byte[100];
    random.nextBytes(value);
    var ballot = Scratch.ballot(++rounds);
    var record = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(ballot.proposer(), ballot.counter()),
        Content.of(Bytes.of(value)));
    return new AcceptorStep.Accept(key, Scratch.EPOCH, ballot, record, Scratch.results(ballot), ballot, false);
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
