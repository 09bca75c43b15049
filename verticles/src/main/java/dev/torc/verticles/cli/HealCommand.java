package dev.torc.verticles.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends a partition; harmless where there is none. */
@Command(name = "heal", mixinStandardHelpOptions = true, sortOptions = false, description = "Joins the nodes again that partition cut off. Needs root and nft.")
final class HealCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "The directory that up was given (default ./${DEFAULT-VALUE}).")
  private Path data;

  @Override
  public Integer call() {
    var layout = PartitionCommand.layout(data);
    new Partition(layout).heal();
    var out = spec.commandLine().getOut();
    out.println("All nodes of " + layout.data() + " reach each other.");
    out.flush();
    return 0;
  }
}
