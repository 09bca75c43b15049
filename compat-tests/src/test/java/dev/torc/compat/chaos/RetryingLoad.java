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
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** Clients that ask without a pause, and whose requests have failed when the node that they talk to and then another one did not answer them. */
final class RetryingLoad implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final int KEYS = 10_000;

  /** What to ask of a key: the words of a command. */
  interface Question extends BiFunction<String, Random, List<String>> {}

  private final int nodes;
  private final IntFunction<RespSocket> connect;
  private final Outcomes outcomes = new Outcomes();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<Void>> clients = new ArrayList<>();
  private volatile boolean stopped;

  private RetryingLoad(int nodes, IntFunction<RespSocket> connect) {
    this.nodes = nodes;
    this.connect = connect;
  }

  static RetryingLoad start(int nodes, IntFunction<RespSocket> connect, Question question) {
    var load = new RetryingLoad(nodes, connect);
    for (int i = 0; i < CLIENTS; i++) {
      int name = i;
      load.clients.add(new CompletableFuture<>());
      Thread.ofPlatform().name("retrying-" + i).daemon().start(() -> load.run(name, question));
    }
    return load;
  }

  private void run(int name, Question question) {
    var random = new Random(name);
    var sockets = new RespSocket[nodes];
    int node = name % nodes;
    try {
      while (!stopped) {
        var words = question.apply("key:" + random.nextInt(KEYS), random);
        String kind = words.getFirst() + " " + words.getLast();
        var first = attempt(sockets, node, words);
        if (first.isPresent()) {
          node = (node + 1) % nodes;
          var second = attempt(sockets, node, words);
          if (second.isPresent()) {
            node = (node + 1) % nodes;
            failures.add(kind + ": " + first.get() + ", then " + second.get());
            outcomes.failed(kind, second.get().split("[ :]")[0]);
            continue;
          }
        }
        outcomes.ok(kind);
      }
    } finally {
      for (var socket : sockets) {
        close(socket);
      }
      clients.get(name).complete(null);
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
      return Optional.of("n" + (node + 1) + ": " + broken.getCause());
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

  /** Why both attempts failed, of each request that did. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Waits until so many more requests have been answered. */
  void awaitProgress(int more) {
    long target = outcomes.succeeded() + more;
    Eventually.that("the load goes on; failures: " + failures, Duration.ofSeconds(60),
        () -> outcomes.succeeded() >= target);
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
