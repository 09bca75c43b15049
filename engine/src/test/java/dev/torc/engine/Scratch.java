package dev.torc.engine;

import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Stores and steps for the engine's tests: no threads, a time that stands still, actors from a seed. */
final class Scratch {
  static final Moment NOW = new Moment(1_000, 1_800_000_000_000L);
  static final String BOOT = "this-boot";
  static final Epoch EPOCH = new Epoch(11, 3);
  private static final long MEGABYTE = 1 << 20;

  private Scratch() {}

  static EngineConfig config(Path directory) {
    return new EngineConfig(directory, 1, 8 * MEGABYTE, 4 * MEGABYTE, MEGABYTE, WriteSync.EVERYSEC, 10_000, 1 << 30,
        5_000, 0).withMaxAbsenceMillis(Long.MAX_VALUE);
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

  /** A round's number. */
  static Ballot ballot(int number) {
    return new Ballot((NOW.wallMillis() << 16) + number, 77);
  }

  static AcceptorStep prepare(String key, Ballot ballot) {
    return new AcceptorStep.Prepare(Key.of(Bytes.of(key)), EPOCH, ballot);
  }

  static AcceptorStep accept(String key, Ballot ballot, String value) {
    return new AcceptorStep.Accept(Key.of(Bytes.of(key)), EPOCH, ballot, chosen(value, ballot), results(ballot), ballot,
        false);
  }

  static AcceptorStep query(String key) {
    return new AcceptorStep.Query(Key.of(Bytes.of(key)), EPOCH);
  }

  /** What a strong operation in that round would have made of nothing. */
  static StoredRecord chosen(String value, Ballot ballot) {
    return StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(ballot.proposer(), ballot.counter()),
        Content.of(Bytes.of(value)));
  }

  static Envelope results(Ballot ballot) {
    return Envelope.EMPTY.with(new OperationId(5, ballot.counter()), 0, new ChangeResult.Number(1), ballot.counter());
  }

  static StoreAnswer one(ReplicaStore store, StoreStep step) {
    return store.perform(List.of(step), NOW).getFirst();
  }

  static StoreAnswer.Stored write(ReplicaStore store, String key, String value) {
    return (StoreAnswer.Stored) one(store, put(key, value));
  }

  /** The latest value, as the store has it; null if there is none. */
  static String read(ReplicaStore store, String key) {
    var held = (StoreAnswer.Held) one(store, fetch(key)).told();
    return held.record().latestLive(NOW.wallMillis()).map(sibling -> sibling.content().value().text()).orElse(null);
  }
}
