package dev.torc.compat.process;

import dev.torc.compat.resp.RespSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes as processes, each on a host of its own in a {@link Network}, through which they can be parted and each killed and started again. */
public final class NetworkedCluster implements AutoCloseable {
  private static final int PORT = 7001;
  private static final Duration LIMIT = Duration.ofSeconds(40);
  /** Gossip has said already that all are there. */
  private static final Duration SETTLED = Duration.ofSeconds(8);

  private final Network network;
  private final Path data;
  private final int nodes;
  private final List<String> settings;
  private final List<Process> processes = new ArrayList<>();

  private NetworkedCluster(Network network, Path data, int nodes, List<String> settings) {
    this.network = network;
    this.data = data;
    this.nodes = nodes;
    this.settings = settings;
  }

  /** @param settings key=value each, as server --set takes them */
  public static NetworkedCluster start(String name, int nodes, String... settings) {
    var cluster = new NetworkedCluster(Network.of(nodes), Cluster.fresh(name), nodes, List.of(settings));
    try {
      IntStream.range(0, nodes).forEach(node -> cluster.processes.add(cluster.launch(node)));
      cluster.awaitAllUp();
      return cluster;
    } catch (RuntimeException | Error failed) {
      cluster.close();
      throw failed;
    }
  }

  private Process launch(int node) {
    String name = "n" + (node + 1);
    String seeds = IntStream.range(0, nodes).mapToObj(seed -> network.address(seed) + ":" + PORT)
        .collect(Collectors.joining(","));
    var line = new ArrayList<>(List.of("server", "--name", name, "--bind", network.address(node), "--port",
        Integer.toString(PORT), "--seeds", seeds, "--expect", Integer.toString(nodes), "--data",
        data.resolve(name).toString()));
    settings.forEach(setting -> line.addAll(List.of("--set", setting)));
    try {
      Files.createDirectories(data.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return Torc.start(network.on(node), data.resolve(name).resolve("torc.log"), line.toArray(String[]::new));
  }

  public int size() {
    return nodes;
  }

  public RespSocket connect(int node) {
    return RespSocket.connect(network.address(node), PORT);
  }

  public Network network() {
    return network;
  }

  /** As kill -9 does; returns once the process is gone. */
  public void kill(int node) {
    processes.get(node).destroyForcibly().onExit().join();
  }

  /** Starts one that was killed, on its old data; returns when all nodes see all others up. */
  public void restart(int node) {
    processes.set(node, launch(node));
    awaitAllUp();
  }

  /** Until every node sees all nodes up and reaches them. */
  public void awaitAllUp() {
    IntStream.range(0, nodes).forEach(node -> awaitSeen(node, nodes));
    IntStream.range(0, nodes).forEach(node -> Eventually.that("node " + node + " reaches all nodes", SETTLED, () -> {
      try (var socket = connect(node)) {
        return socket.call("KV.GET", "probe", "LEVEL", "ALL") instanceof List;
      }
    }));
  }

  /** Until a node sees so many nodes up, itself among them. */
  public void awaitSeen(int node, int up) {
    Eventually.that("node " + node + " sees " + up + " nodes up", LIMIT, () -> {
      try (var socket = connect(node)) {
        String info = socket.call("INFO", "torc").toString();
        return info.lines().filter(line -> line.contains("state=up")).count() == up;
      }
    });
  }

  @Override
  public void close() {
    processes.forEach(process -> process.destroyForcibly().onExit().join());
    network.close();
  }
}
