package dev.torc.compat.client;

import io.lettuce.core.ReadFrom;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.RedisProtocol;

/** The clients and the modes in which people use them. */
public enum ClientKind {
  JEDIS_RESP2(ports -> JedisClient.plain(ports, RedisProtocol.RESP2),
      ports -> TypedJedis.open(ports, RedisProtocol.RESP2, false)),
  JEDIS_RESP3(
      ports -> JedisClient.plain(ports, RedisProtocol.RESP3),
      ports -> TypedJedis.open(ports, RedisProtocol.RESP3, false)),
  JEDIS_CLUSTER_RESP2(
      ports -> JedisClient.cluster(ports, RedisProtocol.RESP2),
      ports -> TypedJedis.open(ports, RedisProtocol.RESP2, true)),
  JEDIS_CLUSTER_RESP3(
      ports -> JedisClient.cluster(ports, RedisProtocol.RESP3),
      ports -> TypedJedis.open(ports, RedisProtocol.RESP3, true)),
  LETTUCE_RESP2(
      ports -> LettuceClient.plain(ports, io.lettuce.core.protocol.ProtocolVersion.RESP2),
      ports -> TypedLettuce.plain(ports, io.lettuce.core.protocol.ProtocolVersion.RESP2)),
  LETTUCE_RESP3(
      ports -> LettuceClient.plain(ports,
          io.lettuce.core.protocol.ProtocolVersion.RESP3),
      ports -> TypedLettuce.plain(ports, io.lettuce.core.protocol.ProtocolVersion.RESP3)),
  LETTUCE_CLUSTER_RESP2(
      ports -> LettuceClient.cluster(ports, io.lettuce.core.protocol.ProtocolVersion.RESP2,
          ReadFrom.UPSTREAM),
      ports -> TypedLettuce.cluster(ports, io.lettuce.core.protocol.ProtocolVersion.RESP2, ReadFrom.UPSTREAM)),
  LETTUCE_CLUSTER_RESP3(
      ports -> LettuceClient.cluster(ports,
          io.lettuce.core.protocol.ProtocolVersion.RESP3,
          ReadFrom.UPSTREAM),
      ports -> TypedLettuce.cluster(ports, io.lettuce.core.protocol.ProtocolVersion.RESP3, ReadFrom.UPSTREAM)),
  LETTUCE_CLUSTER_REPLICA_READS(
      ports -> LettuceClient.cluster(ports,
          io.lettuce.core.protocol.ProtocolVersion.RESP3,
          ReadFrom.REPLICA_PREFERRED),
      ports -> TypedLettuce.cluster(ports, io.lettuce.core.protocol.ProtocolVersion.RESP3, ReadFrom.REPLICA_PREFERRED)),
  VERTX_RESP2(
      ports -> VertxClient.plain(ports,
          io.vertx.redis.client.ProtocolVersion.RESP2),
      ports -> TypedVertx.open(ports, io.vertx.redis.client.ProtocolVersion.RESP2, false)),
  VERTX_RESP3(
      ports -> VertxClient.plain(ports,
          io.vertx.redis.client.ProtocolVersion.RESP3),
      ports -> TypedVertx.open(ports, io.vertx.redis.client.ProtocolVersion.RESP3, false)),
  VERTX_CLUSTER(
      ports -> VertxClient.cluster(ports,
          io.vertx.redis.client.ProtocolVersion.RESP3),
      ports -> TypedVertx.open(ports, io.vertx.redis.client.ProtocolVersion.RESP3, true));

  private final Function<List<Integer>, KeyValueClient> opener;
  private final Function<List<Integer>, TypedClient> typedOpener;

  ClientKind(Function<List<Integer>, KeyValueClient> opener, Function<List<Integer>, TypedClient> typedOpener) {
    this.opener = opener;
    this.typedOpener = typedOpener;
  }

  /** @param ports of the nodes of a cluster of three */
  public KeyValueClient open(List<Integer> ports) {
    return opener.apply(ports);
  }

  /** The same client with all that it has methods for. */
  public TypedClient openTyped(List<Integer> ports) {
    return typedOpener.apply(ports);
  }
}
