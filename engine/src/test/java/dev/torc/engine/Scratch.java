package dev.torc.engine;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Stores and steps for the engine's tests: no threads, a time that stands still, actors from a seed. */
final class Scratch {
  static final Moment NOW = new Moment(1_000, 1_800_000_000_000L);
  static final String BOOT = "this-boot";
  private static final long MEGABYTE = 1 << 20;

  private Scratch() {}

  static EngineConfig config(Path directory) {
    return new EngineConfig(directory, 1, 8 * MEGABYTE, 4 * MEGABYTE, MEGABYTE, WriteSync.EVERYSEC, 10_000, 1 << 30,
        5_000, 0);
  }

  static EngineHost host(String bootId, long seed) {
    return new EngineHost(() -> NOW, new SplittableRandom(seed), bootId, broken -> {
      throw new AssertionError(broken);
    });
  }

  static Database database(Path directory, String bootId) {
    return Database.open(config(directory), host(bootId, 1));
  }

  static RocksReplicaStore store(Database database, long seed) {
    return new RocksReplicaStore(database, 0, new SplittableRandom(seed), new StoreMeters());
  }

  static StoreStep put(String key, String value) {
    return new StoreStep.Put(Key.of(Bytes.of(key)), Content.of(Bytes.of(value)), Causality.BLIND, 0);
  }

  static StoreStep fetch(String key) {
    return new StoreStep.Fetch(Key.of(Bytes.of(key)), StoreStep.Fetch.NO_LIMIT);
  }

  static StoreAnswer one(ReplicaStore store, StoreStep step) {
    return store.perform(List.of(step), NOW).getFirst();
  }

  static StoreAnswer.Stored write(ReplicaStore store, String key, String value) {
    return (StoreAnswer.Stored) one(store, put(key, value));
  }

  /** The latest value, as the store has it; null if there is none. */
  static String read(ReplicaStore store, String key) {
    var held = (StoreAnswer.Held) one(store, fetch(key));
    return held.record().latestLive(NOW.wallMillis()).map(sibling -> sibling.content().value().text()).orElse(null);
  }
}
