package dev.torc.compat.process;

import dev.torc.compat.resp.RespSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;

/** Nodes as processes, started and stopped as a user would. */
public final class Cluster implements AutoCloseable {
  private final Path data;
  private final int nodes;
  private final int basePort;
  private final List<String> settings;

  private Cluster(Path data, int nodes, int basePort, List<String> settings) {
    this.data = data;
    this.nodes = nodes;
    this.basePort = basePort;
    this.settings = settings;
  }

  /** @param settings key=value each, as up --set takes them */
  public static Cluster start(String name, int nodes, String... settings) {
    var cluster = new Cluster(fresh(name), nodes, Ports.base(nodes), List.of(settings));
    cluster.up();
    return cluster;
  }

  public static Path fresh(String name) {
    try {
      return Files.createTempDirectory(Torc.scratch(), name + "-");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public Path data() {
    return data;
  }

  public int size() {
    return nodes;
  }

  /** Of node 0, 1, ... */
  public int port(int node) {
    return basePort + node;
  }

  public List<Integer> ports() {
    return IntStream.range(0, nodes).mapToObj(this::port).toList();
  }

  /** Starts what does not run, and waits until all agree. */
  public Program up() {
    var line = new ArrayList<>(List.of("up", "--detach", "--data", data.toString(), "--nodes", Integer.toString(nodes),
        "--base-port", Integer.toString(basePort)));
    settings.forEach(setting -> line.addAll(List.of("--set", setting)));
    Program up = Torc.run(line.toArray(String[]::new));
    Assertions.assertThat(up.exit()).as(up.text()).isZero();
    return up;
  }

  public Program down() {
    return Torc.run("down", "--data", data.toString());
  }

  public long pid(int node) {
    try {
      return Long.parseLong(Files.readString(home(node).resolve("torc.pid")).strip());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public Path home(int node) {
    return data.resolve("n" + (node + 1));
  }

  public String log(int node) {
    try {
      return Files.readString(home(node).resolve("torc.log"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** As kill -9 does; returns once the process is gone. */
  public void kill(int node) {
    ProcessHandle.of(pid(node)).ifPresent(process -> {
      process.destroyForcibly();
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    });
  }

  public RespSocket connect(int node) {
    return RespSocket.connect(port(node));
  }

  /** @param timeoutMillis for connecting and for each reply */
  public RespSocket connect(int node, int timeoutMillis) {
    return RespSocket.connect("127.0.0.1", port(node), timeoutMillis);
  }

  /** Resident memory of a node's process, in bytes. */
  public long residentBytes(int node) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid(node)), "status")).lines()
          .filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum() << 10;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Until every node sees all nodes up. */
  public void awaitAllUp() {
    for (int node = 0; node < nodes; node++) {
      int asked = node;
      Eventually.that("node " + asked + " sees all nodes up", Duration.ofSeconds(30), () -> {
        try (var socket = connect(asked)) {
          String info = socket.call("INFO", "torc").toString();
          boolean heard = info.lines().filter(line -> line.contains("state=up")).count() == nodes;
          // Heard of is not yet reached: a connection that was lost is tried again with pauses of up to 2 s.
          return heard && !(socket.call("KV.GET", "reached", "LEVEL", "ALL") instanceof RespSocket.ErrorReply);
        }
      });
    }
  }

  /** Nobody asks any more, so nothing needs to be saved. */
  @Override
  public void close() {
    Torc.runningIn(data).forEach(ProcessHandle::destroyForcibly);
    Torc.runningIn(data).forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }
}
