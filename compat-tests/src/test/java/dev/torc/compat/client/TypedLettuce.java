package dev.torc.compat.client;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.CompareCondition;
import io.lettuce.core.CopyArgs;
import io.lettuce.core.ExpireArgs;
import io.lettuce.core.GetExArgs;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lettuce, which has a method for each of these commands; some are deprecated, and in use. */
@SuppressWarnings("deprecation")
final class TypedLettuce implements TypedClient {
  private final AbstractRedisClient client;
  private final RedisClusterCommands<String, String> sync;
  private final List<Integer> ports;
  private final ProtocolVersion version;

  private TypedLettuce(AbstractRedisClient client, RedisClusterCommands<String, String> sync, List<Integer> ports,
      ProtocolVersion version) {
    this.client = client;
    this.sync = sync;
    this.ports = ports;
    this.version = version;
  }

  static TypedLettuce plain(List<Integer> ports, ProtocolVersion version) {
    var client = node(ports.get(1), version);
    return new TypedLettuce(client, client.connect(StringCodec.UTF8).sync(), ports, version);
  }

  private static RedisClient node(int port, ProtocolVersion version) {
    var client = RedisClient.create(uri(port));
    client.setOptions(ClientOptions.builder().protocolVersion(version).build());
    return client;
  }

  static TypedLettuce cluster(List<Integer> ports, ProtocolVersion version, ReadFrom readFrom) {
    var client = RedisClusterClient.create(uri(ports.get(2)));
    client.setOptions(ClusterClientOptions.builder().protocolVersion(version).build());
    var connection = client.connect(StringCodec.UTF8);
    connection.setReadFrom(readFrom);
    return new TypedLettuce(client, connection.sync(), ports, version);
  }

  private static RedisURI uri(int port) {
    return RedisURI.builder().withHost("127.0.0.1").withPort(port).withTimeout(Duration.ofSeconds(20)).build();
  }

  private static List<String> texts(Object... answers) {
    return Arrays.stream(answers).map(TypedClient::text).toList();
  }

  @Override
  public List<String> strings(String key) {
    return texts(sync.setnx(key, "1"), sync.setnx(key, "2"), sync.incr(key), sync.incrby(key, 40), sync.decr(key),
        sync.decrby(key, 40), sync.incrbyfloat(key, 0.5), sync.incrbyfloat(key, 1.5), sync.append(key, "ab"),
        sync.setrange(key, 1, "xyz"), sync.getset(key, "old"), sync.set(key, "a", SetArgs.Builder.nx()),
        sync.set(key, "b", SetArgs.Builder.xx().px(100_000)), sync.ttl(key),
        sync.setGet(key, "c", SetArgs.Builder.keepttl()), sync.ttl(key), sync.setGet(key, "d"), sync.ttl(key),
        sync.set(key, "e", new SetArgs().compareCondition(CompareCondition.valueEq("x"))),
        sync.set(key, "", new SetArgs().compareCondition(CompareCondition.valueEq("d"))), sync.digestKey(key),
        sync.set(key, "f", new SetArgs().compareCondition(CompareCondition.digestEq("2d06800538d394c2"))),
        sync.getdel(key), sync.getdel(key), sync.get(key));
  }

  @Override
  public List<String> expiries(String key) {
    return texts(sync.set(key, "v"), sync.expire(key, 100, ExpireArgs.Builder.xx()),
        sync.expire(key, 100, ExpireArgs.Builder.nx()), sync.expire(key, 50, ExpireArgs.Builder.gt()),
        sync.expire(key, 50, ExpireArgs.Builder.lt()), sync.ttl(key), sync.pexpire(key, 70_000), sync.ttl(key),
        sync.expireat(key, 4_102_444_800L), sync.expiretime(key), sync.persist(key), sync.persist(key),
        sync.getex(key, GetExArgs.Builder.ex(60)), sync.ttl(key), sync.getex(key, GetExArgs.Builder.persist()),
        sync.ttl(key), sync.delex(key, CompareCondition.valueEq("w")), sync.delex(key, CompareCondition.valueEq("v")),
        sync.delex(key, CompareCondition.valueEq("v")), sync.set(key, "v"), sync.expire(key, -1), sync.exists(key));
  }

  @Override
  public List<String> severalKeys(List<String> keys) {
    String a = keys.get(0);
    String b = keys.get(1);
    String c = keys.get(2);
    return texts(sync.msetnx(Map.of(a, "1", b, "2")), sync.msetnx(Map.of(b, "x", c, "3")), sync.get(c),
        sync.expireat(a, 4_102_444_800L), sync.rename(a, c), sync.get(a), sync.expiretime(c), sync.renamenx(c, b),
        sync.renamenx(c, a), sync.get(c), sync.copy(a, b), sync.get(b),
        sync.copy(a, b, CopyArgs.Builder.replace(true)), sync.get(b), sync.copy(a, c), sync.get(c), sync.expiretime(c));
  }

  @Override
  public Object raw(String... words) {
    return raw(sync, List.of(words));
  }

  /** The output flattens a map to names and values in turn, in both protocols. */
  private static Object raw(RedisClusterCommands<String, String> on, List<String> words) {
    var arguments = new CommandArgs<>(StringCodec.UTF8);
    words.subList(1, words.size()).forEach(arguments::add);
    ProtocolKeyword command = () -> KeyValueClient.bytes(words.getFirst());
    return on.dispatch(command, new ArrayOutput<>(StringCodec.UTF8), arguments);
  }

  @Override
  public List<Object> onOneConnection(List<List<String>> commands) {
    try (var one = node(ports.getFirst(), version)) {
      var connection = one.connect(StringCodec.UTF8).sync();
      var answers = new ArrayList<Object>();
      commands.forEach(words -> answers.add(raw(connection, words)));
      return answers;
    }
  }

  @Override
  public void close() {
    client.shutdown(0, 5, TimeUnit.SECONDS);
  }
}
