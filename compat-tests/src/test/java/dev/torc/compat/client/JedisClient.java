package dev.torc.compat.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.params.SetParams;

/** Jedis: a pool to one node, or its cluster client. */
final class JedisClient implements KeyValueClient {
  private static final String NAME = "compat-jedis";

  private final UnifiedJedis jedis;
  private final List<Integer> ports;
  private final boolean cluster;

  private JedisClient(UnifiedJedis jedis, List<Integer> ports, boolean cluster) {
    this.jedis = jedis;
    this.ports = ports;
    this.cluster = cluster;
  }

  static JedisClient plain(List<Integer> ports, RedisProtocol protocol) {
    return new JedisClient(node(ports.getFirst(), protocol), ports, false);
  }

  static JedisClient cluster(List<Integer> ports, RedisProtocol protocol) {
    var nodes = Set.of(new HostAndPort("127.0.0.1", ports.get(1)));
    return new JedisClient(RedisClusterClient.builder().nodes(nodes).clientConfig(config(protocol))
        .topologyRefreshPeriod(Duration.ofSeconds(1)).maxAttempts(2).maxTotalRetriesDuration(Duration.ofSeconds(2))
        .build(), ports, true);
  }

  private static UnifiedJedis node(int port, RedisProtocol protocol) {
    return RedisClient.builder().hostAndPort("127.0.0.1", port).clientConfig(config(protocol)).build();
  }

  private static DefaultJedisClientConfig config(RedisProtocol protocol) {
    return DefaultJedisClientConfig.builder().protocol(protocol).clientName(NAME).timeoutMillis(20_000).build();
  }

  @Override
  public void set(byte[] key, byte[] value) {
    jedis.set(key, value);
  }

  @Override
  public void setExpiring(byte[] key, byte[] value, long seconds) {
    jedis.set(key, value, SetParams.setParams().ex(seconds));
  }

  @Override
  public byte[] get(byte[] key) {
    return jedis.get(key);
  }

  @Override
  public long del(byte[]... keys) {
    return jedis.del(keys);
  }

  @Override
  public long exists(byte[]... keys) {
    return jedis.exists(keys);
  }

  @Override
  public long ttl(byte[] key) {
    return jedis.ttl(key);
  }

  @Override
  public List<byte[]> mget(byte[]... keys) {
    return jedis.mget(keys);
  }

  @Override
  public void mset(Map<byte[], byte[]> entries) {
    jedis.mset(entries.entrySet().stream().flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
        .toArray(byte[][]::new));
  }

  @Override
  public List<byte[]> pipeline(List<byte[]> keys, List<byte[]> values) {
    try (var pipeline = jedis.pipelined()) {
      for (int i = 0; i < keys.size(); i++) {
        pipeline.set(keys.get(i), values.get(i));
      }
      var answers = keys.stream().map(pipeline::get).toList();
      pipeline.sync();
      return answers.stream().map(Response::get).collect(Collectors.toList());
    }
  }

  @Override
  public List<String> scan(String pattern) {
    var found = new ArrayList<String>();
    if (cluster) {
      jedis.scanIteration(100, pattern).collect(found);
      return found;
    }
    for (int port : ports) {
      try (var node = node(port, RedisProtocol.RESP3)) {
        node.scanIteration(100, pattern).collect(found);
      }
    }
    return found;
  }

  @Override
  public String ping() {
    return jedis.ping();
  }

  @Override
  public String info() {
    return jedis.info();
  }

  @Override
  public Map<String, String> configGet(String name) {
    var found = new LinkedHashMap<String, String>();
    flat(raw(Protocol.Command.CONFIG, "GET", name), found);
    return found;
  }

  /** A map as each protocol has it: a list of names and values, or of pairs. */
  private static void flat(Object reply, Map<String, String> into) {
    var items = (List<?>) reply;
    for (int i = 0; i + 1 < items.size(); i += 2) {
      into.put(KeyValueClient.text((byte[]) items.get(i)), KeyValueClient.text((byte[]) items.get(i + 1)));
    }
    items.stream().filter(redis.clients.jedis.util.KeyValue.class::isInstance)
        .map(redis.clients.jedis.util.KeyValue.class::cast)
        .forEach(pair -> into.put(KeyValueClient.text((byte[]) pair.getKey()),
            KeyValueClient.text((byte[]) pair.getValue())));
  }

  @Override
  public String named(String name) {
    Object answer = raw(Protocol.Command.CLIENT, "GETNAME");
    return KeyValueClient.text((byte[]) answer).equals(NAME) ? name : null;
  }

  @Override
  public void incr(byte[] key) {
    jedis.incr(key);
  }

  @Override
  public void send(String word) {
    raw(() -> KeyValueClient.bytes(word));
  }

  /** Jedis has no other way to send what it has no method for, on whatever node. */
  @SuppressWarnings("deprecation")
  private Object raw(ProtocolCommand command, String... words) {
    return jedis.sendCommand(command, words);
  }

  @Override
  public void close() {
    jedis.close();
  }
}
