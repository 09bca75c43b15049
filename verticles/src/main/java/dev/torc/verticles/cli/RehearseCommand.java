package dev.torc.verticles.cli;

import dev.torc.verticles.StartException;
import dev.torc.verticles.cli.NodeStarter.RunningNode;
import dev.torc.verticles.config.NodeConfig;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/**
 * Runs a cluster of two nodes in this process for a moment, on free ports and a directory of its own, and asks it this and that. For the Java that runs it: what it has loaded by then it can keep in an
 * archive ({@code -XX:ArchiveClassesAtExit}), from which nodes start with less work.
 */
@Command(name = "rehearse", hidden = true, description = "Runs two nodes for a moment, for the archive of classes that deploy/torc makes.")
final class RehearseCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final List<String> QUESTIONS = List.of("HELLO 3", "SET a 1", "GET a", "INCR a", "SET b 2 NX PX 60000",
      "MSET x 1 y 2", "MGET a b x y", "KV.SET c 1 CONTEXT \"\"", "KV.GET c", "DEL a b c x y", "CLUSTER SLOTS",
      "CLUSTER NODES", "COMMAND COUNT", "INFO", "PING");

  private final NodeStarter starter;

  RehearseCommand(NodeStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws Exception {
    Path data = Files.createTempDirectory("torc-rehearsal-");
    var nodes = new ArrayList<RunningNode>();
    try {
      int[] ports = freePorts(6);
      String seeds = "127.0.0.1:" + ports[0] + "@" + ports[1] + ",127.0.0.1:" + ports[3] + "@" + ports[4];
      for (int node = 0; node < 2; node++) {
        nodes.add(await(starter.start(config(data, node, ports, seeds))));
      }
      var query = new NodeQuery("127.0.0.1", ports[0], TIMEOUT_MILLIS);
      if (!new Patience().until(() -> isFormed(query), LIMIT)) {
        throw new StartException("two nodes did not meet within " + LIMIT.toSeconds() + " s");
      }
      ask(ports[0], String.join("\r\n", QUESTIONS) + "\r\nQUIT\r\n");
      ask(ports[2], "GET /metrics HTTP/1.0\r\n\r\n");
      return 0;
    } finally {
      for (var node : nodes) {
        await(node.stop());
      }
      delete(data);
    }
  }

  private static NodeConfig config(Path data, int node, int[] ports, String seeds) {
    return NodeConfig.of(Map.of("torc.name", "n" + (node + 1), "torc.data", data.resolve("n" + node).toString(),
        "torc.client.port", "" + ports[3 * node], "torc.peer.port", "" + ports[3 * node + 1],
        "torc.http.port", "" + ports[3 * node + 2], "torc.cluster.seeds", seeds, "torc.cluster.expect", "2",
        "torc.engine.low-space", "0"));
  }

  private static boolean isFormed(NodeQuery query) {
    try {
      return query.ask().ready();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Reads whatever is answered, to its end. */
  private static void ask(int port, String questions) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(questions.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }

  private static int[] freePorts(int count) throws IOException {
    var held = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
    } finally {
      for (var socket : held) {
        socket.close();
      }
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
