package dev.torc.compat.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.check.Call;
import dev.torc.cluster.check.RegisterResult;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.resp.RespSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Clients that count on a few keys, whatever happens to the nodes, and know what was acknowledged. */
public final class Counters implements AutoCloseable {
  private static final int KEYS = 4;

  private final History history = new History();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<Void>> clients = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final String prefix;
  private volatile boolean stopped;

  private Counters(String prefix) {
    this.prefix = prefix;
  }

  /** @param prefix of the keys, which do not exist */
  public static Counters start(String prefix, int clients, int nodes, IntFunction<RespSocket> connect) {
    var counters = new Counters(prefix);
    for (int i = 0; i < clients; i++) {
      int name = i;
      var ended = new CompletableFuture<Void>();
      counters.clients.add(ended);
      Thread.ofPlatform().name("counter-" + i).daemon().start(() -> counters.run(name, nodes, connect, ended));
    }
    return counters;
  }

  private void run(int name, int nodes, IntFunction<RespSocket> connect, CompletableFuture<Void> ended) {
    try (var client = new RecordingClient(name, nodes, connect, history)) {
      for (int i = name; !stopped; i++) {
        if (client.increment(prefix + i % KEYS).isPresent()) {
          acknowledged.incrementAndGet();
        } else {
          Eventually.pass(Duration.ofMillis(20));
        }
      }
    } catch (RuntimeException | Error failed) {
      failures.add(failed);
    } finally {
      ended.complete(null);
    }
  }

  /** Waits until so many more increments are acknowledged. */
  public void awaitProgress(int more) {
    long target = acknowledged.get() + more;
    Eventually.that("the counting goes on; failures: " + failures, Duration.ofSeconds(40),
        () -> acknowledged.get() >= target);
  }

  /** Ends the clients. No two were told the same number, and each key counts all that was acknowledged and nothing that was not asked. */
  public void assertNothingLost(RespSocket socket) {
    close();
    assertThat(failures).isEmpty();
    IntStream.range(0, KEYS).mapToObj(i -> prefix + i).forEach(key -> {
      var calls = history.of(key);
      var numbers = calls.stream().flatMap(call -> call.output().stream()).map(RegisterResult.Number.class::cast)
          .map(RegisterResult.Number::number).toList();
      assertThat(numbers).as(key).doesNotHaveDuplicates();
      long unknown = calls.stream().filter(call -> !call.isKnown()).map(Call::client).count();
      assertThat(Long.parseLong((String) socket.call("GET", key))).as(key)
          .isBetween((long) numbers.size(), numbers.size() + unknown);
      assertThat(numbers.stream().mapToLong(number -> number).max().orElse(0)).as(key)
          .isLessThanOrEqualTo(numbers.size() + unknown);
    });
  }

  @Override
  public void close() {
    stopped = true;
    clients.forEach(CompletableFuture::join);
  }
}
