package dev.torc.verticles.cli;

import dev.torc.verticles.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops the nodes of a data directory and keeps their data. */
@Command(name = "down", mixinStandardHelpOptions = true, sortOptions = false, description = "Stops the nodes of a data directory and keeps their data.")
final class DownCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "The directory that up was given (default ./${DEFAULT-VALUE}).")
  private Path data;

  @Override
  public Integer call() {
    Path directory = data.toAbsolutePath().normalize();
    var out = spec.commandLine().getOut();
    var running = homes(directory).stream().filter(NodeHome::isRunning).toList();
    new LocalCluster(new ClusterLayout(directory, 1, 1), out).stop(running, LocalCluster.STOP_LIMIT);
    out.println(running.isEmpty()
        ? "No node runs in " + directory
        : "Stopped " + LocalCluster.names(running) + "; the data stays in " + directory);
    Partition.healRecorded(directory, out);
    out.flush();
    return 0;
  }

  private static List<NodeHome> homes(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new StartException("--data = " + directory + " is not allowed; allowed: a directory that torc up made");
    }
    try (var children = Files.list(directory)) {
      return children.filter(child -> Files.exists(child.resolve("torc.pid"))).sorted()
          .map(child -> new NodeHome(child.getFileName().toString(), 0, child)).toList();
    } catch (IOException failed) {
      throw new StartException("data directory " + directory + " cannot be read: " + failed, failed);
    }
  }
}
