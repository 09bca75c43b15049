package dev.torc.compat.process;

import dev.torc.compat.resp.RespSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Redis itself, empty, without files. */
public final class RedisServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static RedisServer start() {
    Path directory = Cluster.fresh("redis");
    int port = Ports.base(1);
    var line = List.of("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir",
        directory.toString(), "--save", "", "--appendonly", "no");
    try {
      var process = new ProcessBuilder(line).redirectErrorStream(true)
          .redirectOutput(directory.resolve("redis.log").toFile()).start();
      var server = new RedisServer(process, port);
      Eventually.that("redis-server answers", Duration.ofSeconds(10), server::answers);
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private boolean answers() {
    try (var socket = connect()) {
      return "PONG".equals(socket.call("PING"));
    }
  }

  public RespSocket connect() {
    return RespSocket.connect(port);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
