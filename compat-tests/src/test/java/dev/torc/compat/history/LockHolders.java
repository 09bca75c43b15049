package dev.torc.compat.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.check.RegisterOp;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.resp.RespSocket;
import dev.torc.protocol.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Clients that take turns by a lock, as the page of SET describes it, and in their turn increment a plain field, which nothing else protects, and a key.
 * After some calls they go on to the next lock, for the sake of who must check the history of each.
 */
public final class LockHolders implements AutoCloseable {
  private static final int CALLS_PER_LOCK = 300;
  private static final int LOCKS_AT_A_TIME = 2;
  private static final long LEASE_MILLIS = 5_000;
  /** Who has less than this left of his lease begins nothing more. */
  private static final long MARGIN_NANOS = 2_000_000_000L;

  /** When a client surely had a lock, on this process's clock. */
  private record Turn(String lock, long from, long until) {}

  private final History history = new History();
  private final ConcurrentLinkedQueue<Turn> turns = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<Void>> clients = new ArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger inTurn = new AtomicInteger();
  private final int nodes;
  private final IntFunction<RespSocket> connect;
  private volatile boolean stopped;
  /** Of each lock a count, read and later written, which nothing but the lock protects. */
  private final Map<String, AtomicInteger> plain = new ConcurrentHashMap<>();

  private LockHolders(int nodes, IntFunction<RespSocket> connect) {
    this.nodes = nodes;
    this.connect = connect;
  }

  public static LockHolders start(int clients, int nodes, IntFunction<RespSocket> connect) {
    var holders = new LockHolders(nodes, connect);
    for (int i = 0; i < clients; i++) {
      int name = i;
      var ended = new CompletableFuture<Void>();
      holders.clients.add(ended);
      Thread.ofPlatform().name("holder-" + i).daemon().start(() -> holders.run(name, ended));
    }
    return holders;
  }

  private void run(int name, CompletableFuture<Void> ended) {
    try (var client = new RecordingClient(name, nodes, connect, history)) {
      for (int attempt = 0; !stopped; attempt++) {
        String lock = name % LOCKS_AT_A_TIME + ":" + attempts.getAndIncrement() / CALLS_PER_LOCK;
        take(client, name, "lock:" + lock, "counter:" + lock, name + ":" + attempt);
      }
    } catch (RuntimeException | Error failed) {
      failures.add(failed);
    } finally {
      ended.complete(null);
    }
  }

  private void take(RecordingClient client, int name, String lock, String counter, String token) {
    long asked = System.nanoTime();
    long end = asked + LEASE_MILLIS * 1_000_000;
    Optional<Boolean> taken = client.lock(lock, token, LEASE_MILLIS);
    if (taken.isPresent() && !taken.get()) {
      Eventually.pass(Duration.ofMillis(20));
      return;
    }
    if (taken.isPresent() && end - System.nanoTime() > MARGIN_NANOS) {
      turn(client, lock, counter, end);
    }
    boolean released = release(client, lock, token, end);
    if (!released) {
      // The lease takes it away, at some time after its end.
      history.unknown(name, lock, new RegisterOp.RemoveIfEquals(Bytes.of(token)), end);
    }
  }

  private void turn(RecordingClient client, String lock, String counter, long end) {
    long from = System.nanoTime();
    var count = plain.computeIfAbsent(lock, unseen -> new AtomicInteger());
    int seen = count.get();
    client.increment(counter);
    if (System.nanoTime() < end) {
      count.set(seen + 1);
      turns.add(new Turn(lock, from, System.nanoTime()));
      inTurn.incrementAndGet();
    }
  }

  /** Asks until there is an answer or the lease is over; whether it is known that it was this client's lock until then. */
  private static boolean release(RecordingClient client, String lock, String token, long end) {
    while (System.nanoTime() < end) {
      var released = client.unlock(lock, token);
      if (released.isPresent()) {
        return released.get();
      }
      Eventually.pass(Duration.ofMillis(20));
    }
    return false;
  }

  /** Waits until so many more turns have been taken. */
  public void awaitTurns(int more) {
    int target = inTurn.get() + more;
    Eventually.that("turns go on; failures: " + failures, Duration.ofSeconds(40), () -> inTurn.get() >= target);
  }

  /** Ends the clients, and finds that no two turns at one lock overlapped and that every order of calls is explained. */
  public void assertSafe() {
    close();
    assertThat(failures).isEmpty();
    var byLock = turns.stream().sorted(Comparator.comparing(Turn::lock).thenComparingLong(Turn::from)).toList();
    for (int i = 1; i < byLock.size(); i++) {
      var earlier = byLock.get(i - 1);
      var later = byLock.get(i);
      assertThat(!later.lock().equals(earlier.lock()) || later.from() >= earlier.until())
          .as("two holders: " + earlier + " and " + later).isTrue();
    }
    var counted = new TreeMap<String, Integer>();
    byLock.forEach(turn -> counted.merge(turn.lock(), 1, Integer::sum));
    counted.forEach((lock, count) -> assertThat(plain.get(lock).get()).as(lock).isEqualTo(count));
    history.assertLinearizable();
  }

  @Override
  public void close() {
    stopped = true;
    clients.forEach(CompletableFuture::join);
  }
}
