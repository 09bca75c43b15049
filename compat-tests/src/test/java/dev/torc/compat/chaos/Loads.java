package dev.torc.compat.chaos;

import dev.torc.compat.history.History;
import dev.torc.compat.history.Level;
import dev.torc.compat.history.Outcomes;
import dev.torc.compat.history.RecordingClient;
import dev.torc.compat.history.VersionedClient;
import dev.torc.compat.history.VersionedHistory;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.resp.RespSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * The clients, each a thread that asks one thing after another, until they are stopped. They move on to fresh keys after some calls, for the sake of who
 * must judge the history of each.
 */
final class Loads implements AutoCloseable {
  private static final int STRONG_CLIENTS = 4;
  private static final int VERSIONED_CLIENTS = 6;
  private static final int CALLS_PER_KEY = 80;
  private static final int KEYS_AT_A_TIME = 4;
  private static final long PAUSE_NANOS = 8_000_000;
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final List<Level> WRITE_LEVELS = List.of(Level.QUORUM, Level.QUORUM, Level.QUORUM, Level.ONE,
      Level.ANY,
      Level.ALL, Level.SLOPPY, Level.SLOPPY);
  private static final List<Level> READ_LEVELS = List.of(Level.QUORUM, Level.QUORUM, Level.ONE, Level.ALL, Level.SLOPPY,
      Level.SLOPPY);
  /** What they ask, by the names under which it is counted. */
  static final List<String> KINDS = List.of("INCR", "KV.GET", "SET", "write one", "write any", "write sloppy",
      "write quorum", "write all", "read one", "read sloppy", "read quorum", "read all", "SET by JEDIS", "GET by JEDIS",
      "SET by LETTUCE", "GET by LETTUCE");

  private final Stage stage;
  private final Outcomes outcomes;
  private final History strong = new History();
  private final VersionedHistory versioned = new VersionedHistory();
  private final List<CompletableFuture<Void>> clients = new ArrayList<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  /** What single writers of plain SET ended with. */
  private final ConcurrentLinkedQueue<PlainWriter> plain = new ConcurrentLinkedQueue<>();
  private final AtomicInteger strongCalls = new AtomicInteger();
  private final AtomicInteger versionedCalls = new AtomicInteger();
  private volatile boolean stopped;

  private Loads(Stage stage, Outcomes outcomes) {
    this.stage = stage;
    this.outcomes = outcomes;
  }

  static Loads start(Stage stage, Random random, Outcomes outcomes) {
    var loads = new Loads(stage, outcomes);
    for (int i = 0; i < STRONG_CLIENTS; i++) {
      int name = i;
      var chance = new Random(random.nextLong());
      loads.run("strong-" + i, () -> loads.askStrongly(name, chance));
    }
    for (int i = 0; i < VERSIONED_CLIENTS; i++) {
      int name = i;
      var chance = new Random(random.nextLong());
      loads.run("versioned-" + i, () -> loads.askForVersions(name, chance));
    }
    for (var kind : PlainWriter.Kind.values()) {
      loads.run("plain-" + kind, () -> loads.plain.add(PlainWriter.run(kind, stage, outcomes, loads::goesOn)));
    }
    return loads;
  }

  private void run(String name, Runnable client) {
    var ended = new CompletableFuture<Void>();
    clients.add(ended);
    Thread.ofPlatform().name(name).daemon().start(() -> {
      try {
        client.run();
      } catch (RuntimeException | Error failed) {
        failures.add(failed);
      } finally {
        ended.complete(null);
      }
    });
  }

  private boolean goesOn() {
    LockSupport.parkNanos(PAUSE_NANOS);
    return !stopped;
  }

  private IntFunction<RespSocket> connect() {
    return node -> stage.cluster().connect(node, TIMEOUT_MILLIS);
  }

  private void askStrongly(int name, Random random) {
    try (var client = new RecordingClient(name, Stage.NODES, connect(), strong, outcomes)) {
      var seen = Optional.<String>empty();
      String last = "";
      for (int i = 0; goesOn(); i++) {
        int epoch = strongCalls.getAndIncrement() / CALLS_PER_KEY;
        if (name % 2 == 0) {
          client.increment("count:" + epoch);
          continue;
        }
        String key = "register:" + epoch;
        seen = key.equals(last) ? seen : Optional.empty();
        last = key;
        String value = "c" + name + "w" + i;
        if (random.nextInt(3) == 0) {
          seen = client.read(key).orElse(seen);
        } else {
          boolean swapped = client.swap(key, seen, value).orElse(false);
          seen = swapped ? Optional.of(value) : client.read(key).orElse(seen);
        }
      }
    }
  }

  private void askForVersions(int name, Random random) {
    try (var client = new VersionedClient(name, Stage.NODES, connect(), versioned, outcomes)) {
      while (goesOn()) {
        int epoch = versionedCalls.getAndIncrement() / (CALLS_PER_KEY * KEYS_AT_A_TIME);
        String key = "versioned:" + epoch + ":" + random.nextInt(KEYS_AT_A_TIME);
        switch (random.nextInt(10)) {
          case 0 -> client.delete(key, any(WRITE_LEVELS, random), random.nextBoolean());
          case 1 -> client.write(key, any(WRITE_LEVELS, random), true);
          case 2, 3, 4, 5 -> client.write(key, any(WRITE_LEVELS, random), false);
          default -> client.read(key, any(READ_LEVELS, random));
        }
      }
    }
  }

  private static Level any(List<Level> levels, Random random) {
    return levels.get(random.nextInt(levels.size()));
  }

  /** Reads every key of the strong clients once more, as a part of their history: what was acknowledged and is gone would not be noticed where nobody asks for it any more. */
  void readStrongKeys() {
    try (var client = new RecordingClient(STRONG_CLIENTS, Stage.NODES, connect(), strong, outcomes)) {
      strong.keys().forEach(key -> Eventually.that("a strong read of " + key, Duration.ofSeconds(30),
          () -> client.read(key).isPresent()));
    }
  }

  History strong() {
    return strong;
  }

  VersionedHistory versioned() {
    return versioned;
  }

  List<PlainWriter> plain() {
    return List.copyOf(plain);
  }

  /** Of clients that met what they do not know. */
  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /** Ends the clients. */
  @Override
  public void close() {
    stopped = true;
    clients.forEach(CompletableFuture::join);
  }
}
