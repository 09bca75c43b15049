package dev.torc.compat.client;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lettuce: one connection to one node, or its cluster client with a topology that it refreshes. */
final class LettuceClient implements KeyValueClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final AbstractRedisClient client;
  private final RedisClusterCommands<byte[], byte[]> sync;
  private final RedisClusterAsyncCommands<byte[], byte[]> async;
  private final List<Integer> ports;
  private final boolean cluster;

  private LettuceClient(AbstractRedisClient client, RedisClusterCommands<byte[], byte[]> sync,
      RedisClusterAsyncCommands<byte[], byte[]> async, List<Integer> ports, boolean cluster) {
    this.client = client;
    this.sync = sync;
    this.async = async;
    this.ports = ports;
    this.cluster = cluster;
  }

  static LettuceClient plain(List<Integer> ports, ProtocolVersion version) {
    var client = RedisClient.create(uri(ports.getFirst()));
    client.setOptions(ClientOptions.builder().protocolVersion(version).build());
    var connection = client.connect(ByteArrayCodec.INSTANCE);
    return new LettuceClient(client, connection.sync(), connection.async(), ports, false);
  }

  static LettuceClient cluster(List<Integer> ports, ProtocolVersion version, ReadFrom readFrom) {
    var client = RedisClusterClient.create(uri(ports.get(2)));
    var refresh = ClusterTopologyRefreshOptions.builder().enablePeriodicRefresh(Duration.ofMillis(500))
        .build();
    client.setOptions(
        ClusterClientOptions.builder().protocolVersion(version).topologyRefreshOptions(refresh).build());
    var connection = client.connect(ByteArrayCodec.INSTANCE);
    connection.setReadFrom(readFrom);
    return new LettuceClient(client, connection.sync(), connection.async(), ports, true);
  }

  private static RedisURI uri(int port) {
    return RedisURI.builder().withHost("127.0.0.1").withPort(port).withTimeout(TIMEOUT).build();
  }

  @Override
  public void set(byte[] key, byte[] value) {
    sync.set(key, value);
  }

  @Override
  public void setExpiring(byte[] key, byte[] value, long seconds) {
    sync.set(key, value, SetArgs.Builder.ex(Duration.ofSeconds(seconds)));
  }

  @Override
  public byte[] get(byte[] key) {
    return sync.get(key);
  }

  @Override
  public long del(byte[]... keys) {
    return sync.del(keys);
  }

  @Override
  public long exists(byte[]... keys) {
    return sync.exists(keys);
  }

  @Override
  public long ttl(byte[] key) {
    return sync.ttl(key);
  }

  @Override
  public List<byte[]> mget(byte[]... keys) {
    var values = new ArrayList<byte[]>();
    sync.mget(keys).forEach(pair -> values.add(pair.getValueOrElse(null)));
    return values;
  }

  @Override
  public void mset(Map<byte[], byte[]> entries) {
    sync.mset(entries);
  }

  @Override
  public List<byte[]> pipeline(List<byte[]> keys, List<byte[]> values) {
    for (int i = 0; i < keys.size(); i++) {
      async.set(keys.get(i), values.get(i));
    }
    var answers = new ArrayList<RedisFuture<byte[]>>(keys.size());
    keys.forEach(key -> answers.add(async.get(key)));
    LettuceFutures.awaitAll(TIMEOUT, answers.toArray(RedisFuture[]::new));
    return answers.stream().map(answer -> answer.toCompletableFuture().join()).toList();
  }

  @Override
  public List<String> scan(String pattern) {
    var found = new ArrayList<String>();
    var match = ScanArgs.Builder.matches(pattern).limit(100);
    if (cluster) {
      ScanIterator.scan(sync, match).forEachRemaining(key -> found.add(KeyValueClient.text(key)));
      return found;
    }
    for (int port : ports) {
      try (var node = RedisClient.create(uri(port))) {
        ScanIterator.scan(node.connect(ByteArrayCodec.INSTANCE).sync(), match)
            .forEachRemaining(key -> found.add(KeyValueClient.text(key)));
      }
    }
    return found;
  }

  @Override
  public String ping() {
    return sync.ping();
  }

  @Override
  public String info() {
    return sync.info();
  }

  @Override
  public Map<String, String> configGet(String name) {
    return sync.configGet(name);
  }

  @Override
  public String named(String name) {
    sync.clientSetname(KeyValueClient.bytes(name));
    return KeyValueClient.text(sync.clientGetname());
  }

  @Override
  public void incr(byte[] key) {
    sync.incr(key);
  }

  @Override
  public void send(String word) {
    sync.dispatch(keyword(word), new StatusOutput<>(ByteArrayCodec.INSTANCE));
  }

  private static ProtocolKeyword keyword(String word) {
    return () -> KeyValueClient.bytes(word);
  }

  @Override
  public void close() {
    client.shutdown(0, 5, TimeUnit.SECONDS);
  }
}
