package dev.torc.verticles.cli;

import dev.torc.verticles.StartException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the ring as one node sees it, and below it what the nodes have yet to give each other. */
@Command(name = "status", mixinStandardHelpOptions = true, sortOptions = false, description = "Prints the ring as one node sees it, and what is under repair anywhere.")
final class StatusCommand implements Callable<Integer> {

  private static final int TIMEOUT_MILLIS = 5_000;

  @Spec
  private CommandSpec spec;

  @Option(names = "--port", paramLabel = "PORT", defaultValue = "7001", description = "The client port of the node to ask (default ${DEFAULT-VALUE}).")
  private String port;

  @Option(names = "--host", paramLabel = "HOST", defaultValue = "127.0.0.1", description = "Its host (default ${DEFAULT-VALUE}).")
  private String host;

  @Override
  public Integer call() {
    RingView view = ask(ClusterLayout.count("--port", port, 1, 65_535));
    var out = spec.commandLine().getOut();
    if (!view.ready()) {
      out.println("This node is not ready: it has not met the nodes that found the cluster with it.");
    }
    out.print(RingTable.render(view));
    Repairs.ask(view).lines().forEach(out::println);
    out.flush();
    return 0;
  }

  private RingView ask(int number) {
    try {
      return new NodeQuery(host, number, TIMEOUT_MILLIS).ask();
    } catch (IOException unreachable) {
      throw new StartException("no answer from " + host + ":" + number + ": " + unreachable.getMessage(), unreachable);
    }
  }
}
