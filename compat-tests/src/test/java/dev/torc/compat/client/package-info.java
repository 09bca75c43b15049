/**
 * The clients that people have, behind one interface.
 *
 * <ul>
 * <li>{@link dev.torc.compat.client.KeyValueClient} what each can do
 * <li>{@link dev.torc.compat.client.ClientKind} the clients and their modes
 * <li>{@link dev.torc.compat.client.JedisClient} Jedis
 * <li>{@link dev.torc.compat.client.LettuceClient} Lettuce
 * <li>{@link dev.torc.compat.client.VertxClient} vertx-redis-client
 * <li>{@link dev.torc.compat.client.TypedClient} commands beyond those, by each client's own methods or in words
 * <li>{@link dev.torc.compat.client.TypedJedis} Jedis
 * <li>{@link dev.torc.compat.client.TypedLettuce} Lettuce
 * <li>{@link dev.torc.compat.client.TypedVertx} vertx-redis-client
 * </ul>
 */
package dev.torc.compat.client;
