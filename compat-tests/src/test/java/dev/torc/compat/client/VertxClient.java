package dev.torc.compat.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The Redis client of Vert.x: one connection to one node, or its cluster client. */
final class VertxClient implements KeyValueClient {
  private static final Command KV_SCAN = Command.create("kv.scan");
  private static final int MOST_WAITING = 100_000;

  private final Vertx vertx;
  private final Redis redis;
  private final RedisConnection connection;
  private final List<Integer> ports;
  private final boolean cluster;

  private VertxClient(List<Integer> ports, RedisOptions options, boolean cluster) {
    this.vertx = Vertx.vertx();
    this.redis = Redis.createClient(vertx, options);
    this.connection = await(redis.connect());
    this.ports = ports;
    this.cluster = cluster;
  }

  static VertxClient plain(List<Integer> ports, ProtocolVersion version) {
    return new VertxClient(ports, options(version).setConnectionString(url(ports.getFirst())), false);
  }

  static VertxClient cluster(List<Integer> ports, ProtocolVersion version) {
    return new VertxClient(ports, options(version).setType(RedisClientType.CLUSTER).addConnectionString(
        url(ports.get(1))).addConnectionString(url(ports.get(2))), true);
  }

  private static String url(int port) {
    return "redis://127.0.0.1:" + port;
  }

  private static RedisOptions options(ProtocolVersion version) {
    return new RedisOptions().setPreferredProtocolVersion(version).setMaxWaitingHandlers(MOST_WAITING);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException(late);
    }
  }

  private Response call(Command command, byte[]... words) {
    return await(connection.send(request(command, words)));
  }

  private static Request request(Command command, byte[]... words) {
    var request = Request.cmd(command);
    Stream.of(words).forEach(request::arg);
    return request;
  }

  private static byte[] bytesOf(Response response) {
    return response == null ? null : response.toBytes();
  }

  @Override
  public void set(byte[] key, byte[] value) {
    call(Command.SET, key, value);
  }

  @Override
  public void setExpiring(byte[] key, byte[] value, long seconds) {
    call(Command.SETEX, key, KeyValueClient.bytes(Long.toString(seconds)), value);
  }

  @Override
  public byte[] get(byte[] key) {
    return bytesOf(call(Command.GET, key));
  }

  @Override
  public long del(byte[]... keys) {
    return call(Command.DEL, keys).toLong();
  }

  /** The cluster client itself refuses keys of several slots, but for DEL, MGET and MSET, which it splits. */
  @Override
  public long exists(byte[]... keys) {
    return cluster
        ? Stream.of(keys).mapToLong(key -> call(Command.EXISTS, key).toLong()).sum()
        : call(Command.EXISTS, keys).toLong();
  }

  @Override
  public long ttl(byte[] key) {
    return call(Command.TTL, key).toLong();
  }

  @Override
  public List<byte[]> mget(byte[]... keys) {
    var values = new ArrayList<byte[]>();
    call(Command.MGET, keys).forEach(value -> values.add(bytesOf(value)));
    return values;
  }

  @Override
  public void mset(Map<byte[], byte[]> entries) {
    call(Command.MSET, entries.entrySet().stream().flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
        .toArray(byte[][]::new));
  }

  @Override
  public List<byte[]> pipeline(List<byte[]> keys, List<byte[]> values) {
    var answers = new ArrayList<Future<Response>>();
    for (int i = 0; i < keys.size(); i++) {
      connection.send(request(Command.SET, keys.get(i), values.get(i)));
    }
    keys.forEach(key -> answers.add(connection.send(request(Command.GET, key))));
    await(Future.join(answers));
    var found = new ArrayList<byte[]>();
    answers.forEach(answer -> found.add(bytesOf(answer.result())));
    return found;
  }

  /** The cluster client has no way to name a node, so it asks for the keys of the whole cluster. */
  @Override
  public List<String> scan(String pattern) {
    if (cluster) {
      return scan(connection, KV_SCAN, pattern);
    }
    var found = new ArrayList<String>();
    for (int port : ports) {
      var node = Redis.createClient(vertx, url(port));
      found.addAll(scan(await(node.connect()), Command.SCAN, pattern));
      await(node.close());
    }
    return found;
  }

  private static List<String> scan(RedisConnection connection, Command command, String pattern) {
    var found = new ArrayList<String>();
    String cursor = "0";
    do {
      var page = await(
          connection.send(Request.cmd(command).arg(cursor).arg("MATCH").arg(pattern).arg("COUNT").arg(100)));
      page.get(1).forEach(key -> found.add(key.toString()));
      cursor = page.get(0).toString();
    } while (!cursor.equals("0"));
    return found;
  }

  @Override
  public String ping() {
    return call(Command.PING).toString();
  }

  @Override
  public String info() {
    return call(Command.INFO).toString();
  }

  @Override
  public Map<String, String> configGet(String name) {
    Response reply = call(Command.CONFIG, KeyValueClient.bytes("GET"), KeyValueClient.bytes(name));
    var found = new LinkedHashMap<String, String>();
    if (reply.isMap()) {
      reply.getKeys().forEach(key -> found.put(key, reply.get(key).toString()));
    } else {
      found.put(reply.get(0).toString(), reply.get(1).toString());
    }
    return found;
  }

  @Override
  public String named(String name) {
    var node = Redis.createClient(vertx, url(ports.getFirst()));
    var one = await(node.connect());
    await(one.send(Request.cmd(Command.CLIENT, "SETNAME", name)));
    String answer = await(one.send(Request.cmd(Command.CLIENT, "GETNAME"))).toString();
    await(node.close());
    return answer;
  }

  @Override
  public void incr(byte[] key) {
    call(Command.INCR, key);
  }

  @Override
  public void send(String word) {
    call(Command.create(word));
  }

  @Override
  public void close() {
    await(redis.close());
    await(vertx.close());
  }
}
