package dev.torc.compat.chaos;

import dev.torc.compat.history.Outcomes;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.ClientOptions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
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
  private final Map<String, Long> acknowledged = new TreeMap<>();
  private final RedisClient lettuce = RedisClient.create();
  private Connection connection;
  private int node;

  private PlainWriter(Kind kind, Stage stage, Outcomes outcomes) {
    this.kind = kind;
    this.stage = stage;
    this.outcomes = outcomes;
    lettuce.setOptions(ClientOptions.builder().autoReconnect(false)
        .socketOptions(SocketOptions.builder().connectTimeout(Duration.ofMillis(TIMEOUT_MILLIS)).build()).build());
  }

  /** Returns once it shall no longer go on. */
  static PlainWriter run(Kind kind, Stage stage, Outcomes outcomes, BooleanSupplier goesOn) {
    var writer = new PlainWriter(kind, stage, outcomes);
    for (long i = 1; goesOn.getAsBoolean(); i++) {
      writer.write(i);
    }
    writer.leave();
    writer.lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    return writer;
  }

  private void write(long number) {
    String key = "plain:" + kind + ":" + number % KEYS;
    if (attempt("SET by " + kind, () -> connection.set(key, Long.toString(number)))) {
      acknowledged.put(key, number);
    }
    attempt("GET by " + kind, () -> connection.get(key));
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

  /** The last acknowledged number of each key. */
  Map<String, Long> acknowledged() {
    return acknowledged;
  }
}
