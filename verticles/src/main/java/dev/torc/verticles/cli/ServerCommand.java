package dev.torc.verticles.cli;

import dev.torc.engine.EngineException;
import dev.torc.engine.RocksEngine;
import dev.torc.verticles.FileTime;
import dev.torc.verticles.StartException;
import dev.torc.verticles.cli.NodeStarter.RunningNode;
import dev.torc.verticles.config.ConfigSources;
import dev.torc.verticles.config.NodeConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one node in the foreground until SIGTERM or SIGINT, as a service manager would. */
@Command(name = "server", mixinStandardHelpOptions = true, sortOptions = false, description = "Runs one node in the foreground, until SIGTERM or Ctrl-C.", footer = {
    "",
    "Every key of torc.conf is also an environment variable (torc.client.port is TORC_CLIENT_PORT)",
    "and a flag (--set client.port=7001). Flags win over the environment, that over the file."})
final class ServerCommand implements Callable<Integer> {

  private static final long STOP_SECONDS = 25;

  private final NodeStarter starter;
  private final Map<String, String> environment;
  private final Map<String, String> flags = new LinkedHashMap<>();

  @Option(names = "--config", paramLabel = "FILE", description = "A torc.conf (HOCON).")
  private Path file;

  @Option(names = "--recover", description = "Sets the database aside (renamed, not deleted) and fetches all that it held from the other replicas.")
  private boolean recover;

  ServerCommand(NodeStarter starter, Map<String, String> environment) {
    this.starter = starter;
    this.environment = environment;
  }

  @Option(names = "--name", paramLabel = "NAME", description = "The node's name (torc.name).")
  void name(String value) {
    flags.put("torc.name", value);
  }

  @Option(names = "--port", paramLabel = "PORT", description = "The client port (torc.client.port); peers use it + 10000, HTTP + 1000.")
  void port(String value) {
    flags.put("torc.client.port", value);
  }

  @Option(names = "--bind", paramLabel = "HOST", description = "The address to listen on (torc.bind); 0.0.0.0 for all.")
  void bind(String value) {
    flags.put("torc.bind", value);
  }

  @Option(names = "--announce", paramLabel = "HOST", description = "What others are told (torc.announce.host).")
  void announce(String value) {
    flags.put("torc.announce.host", value);
  }

  @Option(names = "--seeds", paramLabel = "HOST:PORT,...", description = "Nodes to ask first, by their client ports (torc.cluster.seeds).")
  void seeds(String value) {
    flags.put("torc.cluster.seeds", value);
  }

  @Option(names = "--expect", paramLabel = "N", description = "How many nodes found the cluster (torc.cluster.expect).")
  void expect(String value) {
    flags.put("torc.cluster.expect", value);
  }

  @Option(names = "--data", paramLabel = "DIR", description = "The node's directory (torc.data).")
  void data(String value) {
    flags.put("torc.data", value);
  }

  @Option(names = "--zone", paramLabel = "ZONE", description = "Its zone, such as a rack (torc.zone).")
  void zone(String value) {
    flags.put("torc.zone", value);
  }

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any key of torc.conf; may be repeated.")
  void set(Map<String, String> values) {
    flags.putAll(values);
  }

  @Override
  public Integer call() throws Exception {
    NodeConfig config = NodeConfig.from(new ConfigSources(flags, environment, Optional.ofNullable(file)));
    System.setProperty("torc.log.level", config.log().level().name());
    System.setProperty("torc.log.format", config.log().format().name().toLowerCase(Locale.ROOT));
    PortCheck.of(config).inUse().ifPresent(line -> {
      throw new StartException(line);
    });
    if (recover) {
      setAside(config);
    }
    var stopped = new CountDownLatch(1);
    RunningNode node = start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, stopped), "torc-stop"));
    stopped.await();
    return 0;
  }

  private static void setAside(NodeConfig config) {
    try {
      System.err.println("torc: the database was set aside as " + RocksEngine.setAside(config.data(), FileTime.now()));
    } catch (EngineException failed) {
      throw new StartException(failed.getMessage(), failed);
    }
  }

  private RunningNode start(NodeConfig config) throws Exception {
    try {
      return starter.start(config).toCompletionStage().toCompletableFuture().get();
    } catch (java.util.concurrent.ExecutionException failed) {
      var line = StartFailure.line(failed.getCause(), config);
      if (line.isPresent()) {
        throw new StartException(line.get(), failed.getCause());
      }
      throw failed;
    }
  }

  private static void stop(RunningNode node, CountDownLatch stopped) {
    try {
      node.stop().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failed) {
      System.err.println("torc: the node did not stop cleanly: " + failed);
    }
    stopped.countDown();
  }
}
