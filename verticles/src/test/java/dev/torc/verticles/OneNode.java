package dev.torc.verticles;

import dev.torc.verticles.config.NodeConfig;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A cluster of one node in this process, on ports that were free. */
public final class OneNode implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final NodeConfig config;
  private final NodeLife node;

  private OneNode(NodeConfig config, NodeLife node) {
    this.config = config;
    this.node = node;
  }

  public static OneNode start(Path data) {
    return start(data, Map.of());
  }

  /** @param keys of the configuration without {@code torc.} */
  public static OneNode start(Path data, Map<String, String> keys) {
    return start(config(data, keys));
  }

  public static OneNode start(NodeConfig config) {
    return new OneNode(config, await(NodeLife.start(config)));
  }

  public static NodeConfig config(Path data, Map<String, String> keys) {
    var ports = freePorts(3);
    var flags = new HashMap<>(Map.of("torc.data", data.toString(), "torc.client.port", "" + ports[0],
        "torc.peer.port", "" + ports[1], "torc.http.port", "" + ports[2], "torc.event-loops", "2",
        "torc.cluster.replicas", "1", "torc.engine.block-cache", "4 MiB", "torc.engine.memtable", "4 MiB",
        "torc.engine.low-space", "0"));
    keys.forEach((key, value) -> flags.put("torc." + key, value));
    return NodeConfig.of(flags);
  }

  /** Ports that nobody had a moment ago, all different. */
  public static int[] freePorts(int count) {
    var ports = new int[count];
    var held = new ServerSocket[count];
    try {
      for (int i = 0; i < count; i++) {
        held[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ports[i] = held[i].getLocalPort();
      }
      for (var socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException none) {
      throw new IllegalStateException(none);
    }
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new IllegalStateException(failed.getCause() == null ? failed : failed.getCause());
    }
  }

  public NodeConfig config() {
    return config;
  }

  public RespClient connect() {
    return RespClient.to(config.client().port());
  }

  @Override
  public void close() {
    await(node.stop());
  }
}
