package dev.torc.compat.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.ExpiryOption;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.params.GetExParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.CompareCondition;
import redis.clients.jedis.util.KeyValue;

/** Jedis, which has a method for each of these commands; some are deprecated, and in use. */
@SuppressWarnings("deprecation")
final class TypedJedis implements TypedClient {
  private final UnifiedJedis jedis;
  private final DefaultJedisClientConfig config;
  private final int port;

  private TypedJedis(UnifiedJedis jedis, DefaultJedisClientConfig config, int port) {
    this.jedis = jedis;
    this.config = config;
    this.port = port;
  }

  static TypedJedis open(List<Integer> ports, RedisProtocol protocol, boolean cluster) {
    var config = DefaultJedisClientConfig.builder().protocol(protocol).timeoutMillis(20_000).build();
    var node = new HostAndPort("127.0.0.1", ports.get(1));
    var jedis = cluster
        ? RedisClusterClient.builder().nodes(Set.of(node)).clientConfig(config).build()
        : RedisClient.builder().hostAndPort(node).clientConfig(config).build();
    return new TypedJedis(jedis, config, ports.getFirst());
  }

  private static List<String> texts(Object... answers) {
    return Arrays.stream(answers).map(TypedClient::text).toList();
  }

  @Override
  public List<String> strings(String key) {
    return texts(jedis.setnx(key, "1"), jedis.setnx(key, "2"), jedis.incr(key), jedis.incrBy(key, 40),
        jedis.decr(key), jedis.decrBy(key, 40), jedis.incrByFloat(key, 0.5), jedis.incrByFloat(key, 1.5),
        jedis.append(key, "ab"), jedis.setrange(key, 1, "xyz"), jedis.getSet(key, "old"),
        jedis.set(key, "a", SetParams.setParams().nx()), jedis.set(key, "b", SetParams.setParams().xx().px(100_000)),
        jedis.ttl(key), jedis.setGet(key, "c", SetParams.setParams().keepTtl()), jedis.ttl(key), jedis.setGet(key, "d"),
        jedis.ttl(key), jedis.set(key, "e", SetParams.setParams().condition(CompareCondition.valueEq("x"))),
        jedis.set(key, "", SetParams.setParams().condition(CompareCondition.valueEq("d"))), jedis.digestKey(key),
        jedis.set(key, "f", SetParams.setParams().condition(CompareCondition.digestEq("2d06800538d394c2"))),
        jedis.getDel(key), jedis.getDel(key), jedis.get(key));
  }

  @Override
  public List<String> expiries(String key) {
    return texts(jedis.set(key, "v"), jedis.expire(key, 100, ExpiryOption.XX), jedis.expire(key, 100, ExpiryOption.NX),
        jedis.expire(key, 50, ExpiryOption.GT), jedis.expire(key, 50, ExpiryOption.LT), jedis.ttl(key),
        jedis.pexpire(key, 70_000), jedis.ttl(key), jedis.expireAt(key, 4_102_444_800L), jedis.expireTime(key),
        jedis.persist(key), jedis.persist(key), jedis.getEx(key, GetExParams.getExParams().ex(60)), jedis.ttl(key),
        jedis.getEx(key, GetExParams.getExParams().persist()), jedis.ttl(key),
        jedis.delex(key, CompareCondition.valueEq("w")), jedis.delex(key, CompareCondition.valueEq("v")),
        jedis.delex(key, CompareCondition.valueEq("v")), jedis.set(key, "v"), jedis.expire(key, -1), jedis.exists(key));
  }

  @Override
  public List<String> severalKeys(List<String> keys) {
    String a = keys.get(0);
    String b = keys.get(1);
    String c = keys.get(2);
    return texts(jedis.msetnx(a, "1", b, "2"), jedis.msetnx(b, "x", c, "3"), jedis.get(c),
        jedis.expireAt(a, 4_102_444_800L), jedis.rename(a, c), jedis.get(a), jedis.expireTime(c), jedis.renamenx(c, b),
        jedis.renamenx(c, a), jedis.get(c), jedis.copy(a, b, false), jedis.get(b), jedis.copy(a, b, true), jedis.get(b),
        jedis.copy(a, c, false), jedis.get(c), jedis.expireTime(c));
  }

  /** Jedis has no other way to send what it has no method for to the node of a key. */
  @Override
  public Object raw(String... words) {
    ProtocolCommand command = () -> KeyValueClient.bytes(words[0]);
    String[] arguments = Arrays.copyOfRange(words, 1, words.length);
    return read(
        jedis.sendCommand(words.length > 2 && words[1].matches("\\d+") ? words[2] : words[1], command, arguments));
  }

  /** A map is a list of pairs, or, in RESP2, a list of names and values in turn, which is left as it is. */
  private static Object read(Object answer) {
    return switch (answer) {
      case null -> null;
      case byte[] bytes -> KeyValueClient.text(bytes);
      case List<?> pairs when !pairs.isEmpty() && pairs.getFirst() instanceof KeyValue<?, ?> -> {
        var map = new LinkedHashMap<String, Object>();
        pairs.stream().map(KeyValue.class::cast)
            .forEach(pair -> map.put((String) read(pair.getKey()), read(pair.getValue())));
        yield map;
      }
      case List<?> list ->
        new ArrayList<>(list.stream().flatMap(item -> Stream.of(new Object[] {read(item)})).toList());
      default -> answer;
    };
  }

  @Override
  public List<Object> onOneConnection(List<List<String>> commands) {
    try (var one = new Jedis(new HostAndPort("127.0.0.1", port), config)) {
      var answers = new ArrayList<Object>();
      commands.forEach(words -> answers.add(read(one.sendCommand(() -> KeyValueClient.bytes(words.getFirst()),
          words.subList(1, words.size()).toArray(String[]::new)))));
      return answers;
    }
  }

  @Override
  public void close() {
    jedis.close();
  }
}
