package dev.torc.compat.process;

import dev.torc.compat.resp.RespSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Nodes as processes, each on a host of its own in a {@link Network}, through which they can be parted and each killed and started again. */
public final class NetworkedCluster implements AutoCloseable {
  private static final int PORT = 7001;
  private static final Duration LIMIT = Duration.ofSeconds(100);

  private final Network network;
  private final Path data;
  private final int nodes;
  private final List<String> settings;
  private final List<Process> processes = new ArrayList<>();
  private final Map<Integer, Equipment> equipment = new TreeMap<>();

  /**
   * What one node's process runs with, beside the others'.
   *
   * @param wrapper the begin of its command line; it must keep the process's id
   * @param settings key=value each
   */
  public record Equipment(List<String> wrapper, Map<String, String> environment, List<String> settings) {
    static final Equipment NONE = new Equipment(List.of(), Map.of(), List.of());
  }

  private NetworkedCluster(Network network, Path data, int nodes, List<String> settings) {
    this.network = network;
    this.data = data;
    this.nodes = nodes;
    this.settings = settings;
  }

  /** Nothing runs yet, so that nodes can be equipped. */
  public static NetworkedCluster prepare(String name, int nodes, String... settings) {
    return new NetworkedCluster(Network.of(nodes), Cluster.fresh(name), nodes, List.of(settings));
  }

  public void equip(int node, Equipment with) {
    equipment.put(node, with);
  }

  /** @param settings key=value each, as server --set takes them */
  public static NetworkedCluster start(String name, int nodes, String... settings) {
    var cluster = prepare(name, nodes, settings);
    cluster.start();
    return cluster;
  }

  /** Starts all nodes; returns when they have met. If that fails nothing is left. */
  public void start() {
    try {
      IntStream.range(0, nodes).forEach(node -> processes.add(launch(node)));
      awaitAllUp();
    } catch (RuntimeException | Error failed) {
      close();
      throw failed;
    }
  }

  private Process launch(int node) {
    String name = "n" + (node + 1);
    var with = equipment.getOrDefault(node, Equipment.NONE);
    String seeds = IntStream.range(0, nodes).mapToObj(seed -> network.address(seed) + ":" + PORT)
        .collect(Collectors.joining(","));
    var line = new ArrayList<>(List.of("server", "--name", name, "--bind", network.address(node), "--port",
        Integer.toString(PORT), "--seeds", seeds, "--expect", Integer.toString(nodes), "--data",
        data.resolve(name).toString()));
    Stream.concat(settings.stream(), with.settings().stream())
        .forEach(setting -> line.addAll(List.of("--set", setting)));
    try {
      Files.createDirectories(home(node));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    var prefix = new ArrayList<>(network.on(node));
    prefix.addAll(with.wrapper());
    // As users' nodes run, with all that Java does to them.
    var environment = new HashMap<>(with.environment());
    environment.putIfAbsent("TORC_JAVA_OPTS", "");
    return Torc.start(prefix, environment, data.resolve(name + ".log"), line.toArray(String[]::new));
  }

  /** A node's data directory. */
  public Path home(int node) {
    return data.resolve("n" + (node + 1));
  }

  /** What a node has printed. */
  public String log(int node) {
    try {
      return Files.readString(data.resolve("n" + (node + 1) + ".log"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int size() {
    return nodes;
  }

  public RespSocket connect(int node) {
    return RespSocket.connect(network.address(node), PORT);
  }

  /** @param timeoutMillis for connecting and for each reply */
  public RespSocket connect(int node, int timeoutMillis) {
    return RespSocket.connect(network.address(node), PORT, timeoutMillis);
  }

  /** Of its clients: host:port. */
  public String address(int node) {
    return network.address(node) + ":" + PORT;
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
    revive(node);
    awaitAllUp();
  }

  /** The same without waiting. One that runs after all, since killing it failed, is left alone. */
  public void revive(int node) {
    if (!isRunning(node)) {
      processes.set(node, launch(node));
    }
  }

  public boolean isRunning(int node) {
    return processes.get(node).isAlive();
  }

  /** Sends a signal, such as STOP, to a node's process. */
  public void signal(String name, int node) {
    Torc.signal(name, processes.get(node).pid());
  }

  /** Until every node sees all nodes up and reaches them. One that is catching up does not count at ALL before it has. */
  public void awaitAllUp() {
    IntStream.range(0, nodes).forEach(node -> awaitSeen(node, nodes));
    IntStream.range(0, nodes).forEach(node -> Eventually.that("node " + node + " reaches all nodes", LIMIT, () -> {
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
