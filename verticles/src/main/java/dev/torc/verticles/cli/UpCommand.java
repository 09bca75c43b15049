package dev.torc.verticles.cli;

import dev.torc.verticles.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the nodes of a data directory that do not run, waits until all agree on the ring, and follows them. */
@Command(name = "up", mixinStandardHelpOptions = true, sortOptions = false, description = "Runs a cluster on this machine: starts the nodes that do not run, and follows them until Ctrl-C.", footer = {
    "", "Ctrl-C stops the nodes and keeps their data; the next up finds it again."})
final class UpCommand implements Callable<Integer> {

  private final NodeLauncher launcher;

  @Spec
  private CommandSpec spec;

  @Option(names = "--nodes", paramLabel = "N", description = "How many nodes, 1 to 64 (default 3, or as recorded in DIR).")
  private String nodes;

  @Option(names = "--base-port", paramLabel = "PORT", description = "The client port of n1; n2 has the next (default 7001, or as recorded in DIR).")
  private String basePort;

  @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "Where the nodes keep their data and logs (default ./${DEFAULT-VALUE}).")
  private Path data;

  @Option(names = "--detach", description = "Return once the nodes are up; torc down stops them.")
  private boolean detach;

  @Option(names = "--recover", arity = "0..1", fallbackValue = "", paramLabel = "NODE,...", description = "Sets the database of this node aside (renamed, not deleted); it fetches all that it held from the others. Without a name: of the only node that does not run.")
  private String recover;

  @Option(names = "--config", paramLabel = "FILE", description = "A torc.conf for the nodes that are started.")
  private Path config;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A key of torc.conf for the nodes that are started; may be repeated.")
  private List<String> settings = new ArrayList<>();

  UpCommand(NodeLauncher launcher) {
    this.launcher = launcher;
  }

  @Override
  public Integer call() throws IOException {
    var layout = ClusterLayout.of(data, nodes, basePort);
    PrintWriter out = spec.commandLine().getOut();
    var cluster = new LocalCluster(layout, out);
    var patience = new Patience();
    var owned = new AtomicReference<>(List.<NodeHome>of());
    var hook = new Thread(() -> {
      patience.end();
      cluster.stop(owned.get().isEmpty() ? cluster.started() : owned.get(), LocalCluster.STOP_LIMIT);
      Partition.healRecorded(layout.data(), out);
    }, "torc-up-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    if (Partition.isRecorded(layout.data())) {
      out.println("A partition is in the way of agreement; end it with: torc heal --data " + data);
      out.flush();
    }
    RingView view = bringUp(cluster, layout, patience);
    out.print(RingTable.render(view));
    out.println("Try: redis-cli -p " + layout.basePort() + " set hello world");
    if (detach) {
      Runtime.getRuntime().removeShutdownHook(hook);
      out.println("The nodes run on; stop them with: torc down --data " + data);
      out.flush();
      return 0;
    }
    owned.set(cluster.homes());
    out.println("Ctrl-C stops the nodes; their data stays in " + layout.data());
    out.flush();
    cluster.follow(patience);
    return 0;
  }

  /** All or nothing: when it fails, no node that was started here is left. One at a time on a directory. */
  private RingView bringUp(LocalCluster cluster, ClusterLayout layout, Patience patience) throws IOException {
    try (FileChannel channel = channel(layout); FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new StartException("another torc up is starting the nodes of " + layout.data());
      }
      cluster.start(launcher.with(flags()), Recovering.of(recover, cluster.homes()));
      RingView view = cluster.awaitAgreement(patience);
      layout.record();
      return view;
    } catch (RuntimeException failed) {
      cluster.stop(cluster.started(), LocalCluster.STOP_LIMIT);
      throw failed;
    }
  }

  private static FileChannel channel(ClusterLayout layout) {
    try {
      Files.createDirectories(layout.data());
      return FileChannel.open(layout.data().resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException failed) {
      throw new StartException("data directory " + layout.data() + " cannot be used: " + failed, failed);
    }
  }

  private List<String> flags() {
    var flags = new ArrayList<String>();
    if (config != null) {
      flags.addAll(List.of("--config", config.toAbsolutePath().toString()));
    }
    settings.forEach(setting -> flags.addAll(List.of("--set", setting)));
    return flags;
  }
}
