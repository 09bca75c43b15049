package dev.torc.compat.client;

import io.lettuce.core.ReadFrom;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.RedisProtocol;

/** The clients and the modes in which people use them. */
public enum ClientKind {
  JEDIS_RESP2(ports -> JedisClient.plain(ports, RedisProtocol.RESP2)),
  JEDIS_RESP3(
      ports -> JedisClient.plain(ports, RedisProtocol.RESP3)),
  JEDIS_CLUSTER_RESP2(
      ports -> JedisClient.cluster(ports, RedisProtocol.RESP2)),
  JEDIS_CLUSTER_RESP3(
      ports -> JedisClient.cluster(ports, RedisProtocol.RESP3)),
  LETTUCE_RESP2(
      ports -> LettuceClient.plain(ports, io.lettuce.core.protocol.ProtocolVersion.RESP2)),
  LETTUCE_RESP3(
      ports -> LettuceClient.plain(ports,
          io.lettuce.core.protocol.ProtocolVersion.RESP3)),
  LETTUCE_CLUSTER_RESP2(
      ports -> LettuceClient.cluster(ports, io.lettuce.core.protocol.ProtocolVersion.RESP2,
          ReadFrom.UPSTREAM)),
  LETTUCE_CLUSTER_RESP3(
      ports -> LettuceClient.cluster(ports,
          io.lettuce.core.protocol.ProtocolVersion.RESP3,
          ReadFrom.UPSTREAM)),
  LETTUCE_CLUSTER_REPLICA_READS(
      ports -> LettuceClient.cluster(ports,
          io.lettuce.core.protocol.ProtocolVersion.RESP3,
          ReadFrom.REPLICA_PREFERRED)),
  VERTX_RESP2(
      ports -> VertxClient.plain(ports,
          io.vertx.redis.client.ProtocolVersion.RESP2)),
  VERTX_RESP3(
      ports -> VertxClient.plain(ports,
          io.vertx.redis.client.ProtocolVersion.RESP3)),
  VERTX_CLUSTER(
      ports -> VertxClient.cluster(ports,
          io.vertx.redis.client.ProtocolVersion.RESP3));

  private final Function<List<Integer>, KeyValueClient> opener;

  ClientKind(Function<List<Integer>, KeyValueClient> opener) {
    this.opener = opener;
  }

  /** @param ports of the nodes of a cluster of three */
  public KeyValueClient open(List<Integer> ports) {
    return opener.apply(ports);
  }
}
