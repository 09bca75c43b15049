package dev.torc.compat.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Redis client of Vert.x, whose methods take the words of a command. It has none for the newest, which it is told by name; some are deprecated, and in use. */
@SuppressWarnings("deprecation")
final class TypedVertx implements TypedClient {
  private final Vertx vertx;
  private final Redis redis;
  private final RedisAPI api;
  private final RedisConnection connection;
  private final String node;
  private final ProtocolVersion version;

  private TypedVertx(Vertx vertx, RedisOptions options, String node, ProtocolVersion version) {
    this.vertx = vertx;
    this.redis = Redis.createClient(vertx, options);
    this.connection = await(redis.connect());
    this.api = RedisAPI.api(connection);
    this.node = node;
    this.version = version;
  }

  static TypedVertx open(List<Integer> ports, ProtocolVersion version, boolean cluster) {
    var options = new RedisOptions().setPreferredProtocolVersion(version).setConnectionString(url(ports.get(1)));
    return new TypedVertx(Vertx.vertx(), cluster ? options.setType(RedisClientType.CLUSTER) : options,
        url(ports.getFirst()), version);
  }

  private static String url(int port) {
    return "redis://127.0.0.1:" + port;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException(late);
    }
  }

  @SafeVarargs
  private static List<String> texts(java.util.function.Supplier<Future<Response>>... calls) {
    var answers = new ArrayList<String>();
    for (var call : calls) {
      answers.add(TypedClient.text(await(call.get())));
    }
    return answers;
  }

  private Future<Response> named(String... words) {
    return send(connection, List.of(words));
  }

  @Override
  public List<String> strings(String key) {
    return texts(() -> api.setnx(key, "1"), () -> api.setnx(key, "2"), () -> api.incr(key),
        () -> api.incrby(key, "40"), () -> api.decr(key), () -> api.decrby(key, "40"),
        () -> api.incrbyfloat(key, "0.5"), () -> api.incrbyfloat(key, "1.5"), () -> api.append(key, "ab"),
        () -> api.setrange(key, "1", "xyz"), () -> api.getset(key, "old"), () -> api.set(List.of(key, "a", "NX")),
        () -> api.set(List.of(key, "b", "XX", "PX", "100000")), () -> api.ttl(key),
        () -> api.set(List.of(key, "c", "GET", "KEEPTTL")), () -> api.ttl(key), () -> api.set(List.of(key, "d", "GET")),
        () -> api.ttl(key), () -> api.set(List.of(key, "e", "IFEQ", "x")), () -> api.set(List.of(key, "", "IFEQ", "d")),
        () -> named("digest", key), () -> api.set(List.of(key, "f", "IFDEQ", "2d06800538d394c2")),
        () -> api.getdel(key), () -> api.getdel(key), () -> api.get(key));
  }

  @Override
  public List<String> expiries(String key) {
    return texts(() -> api.set(List.of(key, "v")), () -> api.expire(List.of(key, "100", "XX")),
        () -> api.expire(List.of(key, "100", "NX")), () -> api.expire(List.of(key, "50", "GT")),
        () -> api.expire(List.of(key, "50", "LT")), () -> api.ttl(key), () -> api.pexpire(List.of(key, "70000")),
        () -> api.ttl(key), () -> api.expireat(List.of(key, "4102444800")), () -> api.expiretime(key),
        () -> api.persist(key), () -> api.persist(key), () -> api.getex(List.of(key, "EX", "60")), () -> api.ttl(key),
        () -> api.getex(List.of(key, "PERSIST")), () -> api.ttl(key), () -> named("delex", key, "IFEQ", "w"),
        () -> named("delex", key, "IFEQ", "v"), () -> named("delex", key, "IFEQ", "v"),
        () -> api.set(List.of(key, "v")), () -> api.expire(List.of(key, "-1")), () -> api.exists(List.of(key)));
  }

  @Override
  public List<String> severalKeys(List<String> keys) {
    String a = keys.get(0);
    String b = keys.get(1);
    String c = keys.get(2);
    return texts(() -> api.msetnx(List.of(a, "1", b, "2")), () -> api.msetnx(List.of(b, "x", c, "3")),
        () -> api.get(c), () -> api.expireat(List.of(a, "4102444800")), () -> api.rename(a, c), () -> api.get(a),
        () -> api.expiretime(c), () -> api.renamenx(c, b), () -> api.renamenx(c, a), () -> api.get(c),
        () -> api.copy(List.of(a, b)), () -> api.get(b), () -> api.copy(List.of(a, b, "REPLACE")), () -> api.get(b),
        () -> api.copy(List.of(a, c)), () -> api.get(c), () -> api.expiretime(c));
  }

  @Override
  public Object raw(String... words) {
    return read(await(send(connection, List.of(words))));
  }

  private static Future<Response> send(RedisConnection on, List<String> words) {
    var request = Request.cmd(Command.create(words.getFirst()));
    words.subList(1, words.size()).forEach(request::arg);
    return on.send(request);
  }

  private static Object read(Response answer) {
    if (answer == null) {
      return null;
    }
    return switch (answer.type()) {
      case MULTI -> answer.isMap() ? map(answer) : list(answer);
      case NUMBER -> answer.toLong();
      case SIMPLE, BULK, PUSH, ATTRIBUTE, BOOLEAN, ERROR -> answer.toString();
    };
  }

  private static Object map(Response answer) {
    var map = new LinkedHashMap<String, Object>();
    answer.getKeys().forEach(name -> map.put(name, read(answer.get(name))));
    return map;
  }

  private static Object list(Response answer) {
    var list = new ArrayList<Object>();
    for (int i = 0; i < answer.size(); i++) {
      list.add(read(answer.get(i)));
    }
    return list;
  }

  @Override
  public List<Object> onOneConnection(List<List<String>> commands) {
    var one = Redis.createClient(vertx,
        new RedisOptions().setPreferredProtocolVersion(version).setConnectionString(node));
    var on = await(one.connect());
    var answers = new ArrayList<Object>();
    commands.forEach(words -> answers.add(read(await(send(on, words)))));
    await(one.close());
    return answers;
  }

  @Override
  public void close() {
    await(redis.close());
    await(vertx.close());
  }
}
