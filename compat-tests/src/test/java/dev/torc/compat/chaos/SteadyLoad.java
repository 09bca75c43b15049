package dev.torc.compat.chaos;

import dev.torc.compat.history.Outcomes;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.resp.RespSocket;
import dev.torc.compat.resp.RespSocket.ErrorReply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * Clients for which requests are due at a steady rate, whether earlier ones are answered or not: who waits ten seconds for one answer has as many requests late as were due meanwhile. A request has failed when no node
 * that was asked answers it, or when it is answered later than {@link #LIMIT} after it was due. A client gives each attempt half of that.
 */
final class SteadyLoad implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(2);
  static final int TIMEOUT_MILLIS = (int) LIMIT.dividedBy(2).toMillis();
  private static final int CLIENTS = 8;
  private static final Duration INTERVAL = Duration.ofMillis(40);
  private static final int KEYS = 10_000;

  /** What to ask of a key: the words of a command. */
  interface Question extends BiFunction<String, Random, List<String>> {}

  private final int nodes;
  private final int attempts;
  private final IntFunction<RespSocket> connect;
  private final Outcomes outcomes = new Outcomes();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<Void>> clients = new ArrayList<>();
  private volatile boolean stopped;

  private SteadyLoad(int nodes, int attempts, IntFunction<RespSocket> connect) {
    this.nodes = nodes;
    this.attempts = attempts;
    this.connect = connect;
  }

  /**
   * @param nodes the clients talk to nodes 0, 1, … of so many
   * @param attempts each at another node
   * @param connect with a timeout of {@link #TIMEOUT_MILLIS}; may throw
   */
  static SteadyLoad start(int nodes, int attempts, IntFunction<RespSocket> connect, Question question) {
    var load = new SteadyLoad(nodes, attempts, connect);
    for (int i = 0; i < CLIENTS; i++) {
      int name = i;
      load.clients.add(new CompletableFuture<>());
      Thread.ofPlatform().name("steady-" + i).daemon().start(() -> load.run(name, question));
    }
    return load;
  }

  private void run(int name, Question question) {
    var random = new Random(name);
    var sockets = new RespSocket[nodes];
    int node = name % nodes;
    try {
      for (long due = System.nanoTime(); !stopped; due += INTERVAL.toNanos()) {
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        var words = question.apply("key:" + random.nextInt(KEYS), random);
        var errors = new ArrayList<String>();
        while (errors.size() < attempts) {
          var error = attempt(sockets, node, words);
          if (error.isEmpty()) {
            break;
          }
          errors.add("n" + (node + 1) + ": " + error.get());
          node = (node + 1) % nodes;
        }
        count(words.getFirst() + " " + words.getLast(), errors, System.nanoTime() - due);
      }
    } finally {
      for (var socket : sockets) {
        close(socket);
      }
      clients.get(name).complete(null);
    }
  }

  private void count(String kind, List<String> errors, long nanosSinceDue) {
    latencies.add(nanosSinceDue);
    if (errors.size() == attempts) {
      failures.add(kind + ": " + String.join(", then ", errors));
      outcomes.failed(kind, "not answered");
    } else if (nanosSinceDue > LIMIT.toNanos()) {
      failures.add(kind + ": answered " + nanosSinceDue / 1_000_000 + " ms after it was due; before that: " + errors);
      outcomes.failed(kind, "late");
    } else {
      outcomes.ok(kind);
    }
  }

  /** Empty: answered. Else why not. */
  private Optional<String> attempt(RespSocket[] sockets, int node, List<String> words) {
    try {
      if (sockets[node] == null) {
        sockets[node] = connect.apply(node);
      }
      return sockets[node].call(words.toArray(String[]::new)) instanceof ErrorReply error
          ? Optional.of(error.text())
          : Optional.empty();
    } catch (UncheckedIOException broken) {
      close(sockets[node]);
      sockets[node] = null;
      return Optional.of(broken.getCause().toString());
    }
  }

  private static void close(RespSocket socket) {
    if (socket != null) {
      socket.close();
    }
  }

  Outcomes outcomes() {
    return outcomes;
  }

  /** Why, of each request that failed. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Of the slowest of so many requests all others were answered within this time of when they were due; nanoseconds. */
  long latencyOfOneIn(int requests) {
    var sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length - 1 - sorted.length / requests];
  }

  /** Waits until so many more requests have been answered. */
  void awaitProgress(int more) {
    long target = outcomes.succeeded() + more;
    Eventually.that("the load goes on", Duration.ofSeconds(60), () -> {
      if (outcomes.succeeded() < target) {
        throw new IllegalStateException(failures.size() + " failed, the first with " + failures.peek());
      }
      return true;
    });
  }

  /** Ends the clients. */
  void stop() {
    stopped = true;
    clients.forEach(CompletableFuture::join);
  }

  @Override
  public void close() {
    stop();
  }
}
