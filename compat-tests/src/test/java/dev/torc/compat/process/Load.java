package dev.torc.compat.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisProtocol;

/** Writers that write and read back until they are told to stop, and know what was acknowledged and what failed. */
public final class Load implements AutoCloseable {
  private static final int WRITERS_PER_NODE = 3;
  private static final int KEYS_PER_WRITER = 300;

  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<Void>> writers = new ArrayList<>();
  private volatile boolean stopped;

  /** @param prefix of all keys, each of which only one writer writes */
  public static Load on(String prefix, List<Integer> ports) {
    var load = new Load();
    for (int port : ports) {
      for (int i = 0; i < WRITERS_PER_NODE; i++) {
        String name = prefix + ":" + port + ":" + i + ":";
        var writer = new CompletableFuture<Void>();
        Thread.ofPlatform().name(name).daemon().start(() -> load.write(name, port, writer));
        load.writers.add(writer);
      }
    }
    return load;
  }

  private void write(String name, int port, CompletableFuture<Void> ended) {
    var config = DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).timeoutMillis(10_000).build();
    try (var jedis = new Jedis(new HostAndPort("127.0.0.1", port), config)) {
      for (long i = 0; !stopped; i++) {
        String key = name + i % KEYS_PER_WRITER;
        jedis.set(key, Long.toString(i));
        acknowledged.put(key, Long.toString(i));
        String found = jedis.get(key);
        if (!Long.toString(i).equals(found)) {
          throw new IllegalStateException(key + " was set to " + i + " and read as " + found);
        }
      }
    } catch (RuntimeException failed) {
      failures.add(failed);
    } finally {
      ended.complete(null);
    }
  }

  /** Waits until this many more writes are acknowledged; every overwritten key counts once. */
  public void awaitProgress(int keys) {
    long target = acknowledged.values().stream().mapToLong(Long::parseLong).sum() + keys;
    Eventually.that("the load goes on; failures: " + failures, Duration.ofSeconds(30),
        () -> acknowledged.values().stream().mapToLong(Long::parseLong).sum() >= target);
  }

  /** Ends the writers; what was acknowledged, the last value of each key. */
  public Map<String, String> stop() {
    stopped = true;
    writers.forEach(CompletableFuture::join);
    return Map.copyOf(acknowledged);
  }

  /** Of those that failed, why; a writer ends with its first failure. */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    stop();
  }
}
