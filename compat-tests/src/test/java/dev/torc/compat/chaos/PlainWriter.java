package dev.torc.compat.chaos;

import dev.torc.compat.history.Outcomes;
import dev.torc.compat.history.PlainHistory;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.ClientOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisProtocol;

/**
 * A user of a common client who knows nothing of Torc: SET and GET, and another node when one fails it. Only this one writes its keys, each time with a higher number.
 */
final class PlainWriter {
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int KEYS = 50;
  /** Then it goes on to other keys, so that more is left in the end than what was written last. */
  private static final int WRITES_PER_KEY = 4;
  private static final int CALM_WRITES = 60;

  enum Kind {
    JEDIS,
    LETTUCE
  }

  /** A connection to one node. */
  private interface Connection extends AutoCloseable {
    void set(String key, String value);

    String get(String key);

    @Override
    void close();
  }

  private final Kind kind;
  private final Stage stage;
  private final Outcomes outcomes;
  private final PlainHistory history = new PlainHistory();
  private RedisClient lettuce;
  private Connection connection;
  private long number;
  private int node;

  private PlainWriter(Kind kind, Stage stage, Outcomes outcomes) {
    this.kind = kind;
    this.stage = stage;
    this.outcomes = outcomes;
  }

  private void open() {
    lettuce = RedisClient.create();
    lettuce.setOptions(ClientOptions.builder().autoReconnect(false)
        .socketOptions(SocketOptions.builder().connectTimeout(Duration.ofMillis(TIMEOUT_MILLIS)).build()).build());
  }

  /** Returns once it shall no longer go on. */
  static PlainWriter run(Kind kind, Stage stage, Outcomes outcomes, BooleanSupplier goesOn) {
    var writer = new PlainWriter(kind, stage, outcomes);
    writer.open();
    while (goesOn.getAsBoolean()) {
      String key = writer.write();
      writer.read(key);
    }
    writer.close();
    return writer;
  }

  /** Goes on for a while, and asks another node each time, when nothing goes wrong any more and all replicas have the same. Returns by then. */
  void goOnInCalm() {
    history.calm();
    open();
    for (int i = 0; i < CALM_WRITES; i++) {
      String key = write();
      leave();
      read(key);
      read(key(number - KEYS));
    }
    close();
  }

  private String key(long of) {
    return "plain:" + kind + ":" + of / (KEYS * WRITES_PER_KEY) + ":" + of % KEYS;
  }

  /** Returns of which key. */
  private String write() {
    String key = key(++number);
    history.trySet(key, number);
    long begin = System.nanoTime();
    if (attempt("SET by " + kind, () -> connection.set(key, Long.toString(number)))) {
      history.acknowledged(key, number, System.nanoTime() - begin);
    }
    return key;
  }

  private void read(String key) {
    long begin = System.nanoTime();
    var found = new AtomicReference<String>();
    if (attempt("GET by " + kind, () -> found.set(connection.get(key)))) {
      history.found(key, Optional.ofNullable(found.get()), System.nanoTime() - begin);
    }
  }

  private void close() {
    leave();
    lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }

  private boolean attempt(String what, Runnable request) {
    try {
      if (connection == null) {
        connection = connect();
      }
      request.run();
      outcomes.ok(what);
      return true;
    } catch (RuntimeException failed) {
      outcomes.failed(what, how(failed));
      leave();
      return false;
    }
  }

  /** The error's first word where the server sent one. */
  private static String how(RuntimeException failed) {
    String first = String.valueOf(failed.getMessage()).split(" ")[0];
    return first.matches("[A-Z]{3,}") ? first : failed.getClass().getSimpleName();
  }

  private void leave() {
    node = (node + 1) % Stage.NODES;
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private Connection connect() {
    var address = stage.cluster().address(node).split(":");
    int port = Integer.parseInt(address[1]);
    return kind == Kind.JEDIS ? jedis(address[0], port) : lettuce(address[0], port);
  }

  private static Connection jedis(String host, int port) {
    var config = DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).timeoutMillis(TIMEOUT_MILLIS).build();
    var jedis = new Jedis(new HostAndPort(host, port), config);
    return new Connection() {
      @Override
      public void set(String key, String value) {
        jedis.set(key, value);
      }

      @Override
      public String get(String key) {
        return jedis.get(key);
      }

      @Override
      public void close() {
        jedis.close();
      }
    };
  }

  private Connection lettuce(String host, int port) {
    var connection = lettuce.connect(RedisURI.builder().withHost(host).withPort(port)
        .withTimeout(Duration.ofMillis(TIMEOUT_MILLIS)).build());
    return new Connection() {
      @Override
      public void set(String key, String value) {
        connection.sync().set(key, value);
      }

      @Override
      public String get(String key) {
        return connection.sync().get(key);
      }

      @Override
      public void close() {
        connection.close();
      }
    };
  }

  PlainHistory history() {
    return history;
  }
}
