package dev.torc.verticles.cli;

import dev.torc.verticles.StartException;
import dev.torc.verticles.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cuts nodes of a cluster on this machine off from the others, until it is healed. */
@Command(name = "partition", mixinStandardHelpOptions = true, sortOptions = false, description = "Cuts nodes of a cluster that up runs off from the others; clients still reach all. Needs root and nft.", footer = {
    "", "torc heal, or down, ends it. Another partition replaces it."})
final class PartitionCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "The directory that up was given (default ./${DEFAULT-VALUE}).")
  private Path data;

  @Parameters(paramLabel = "NODE", arity = "1..*", description = "The nodes of the one side: 3 or n3.")
  private List<String> nodes;

  @Override
  public Integer call() {
    var layout = layout(data);
    var homes = layout.homes();
    var minority = nodes.stream().map(node -> homes.get(ClusterLayout.count("NODE", node.replaceFirst("^n", ""), 1,
        layout.nodes()) - 1)).distinct().toList();
    if (minority.size() == homes.size()) {
      throw new ConfigException("NODE", String.join(" ", nodes), "some of the nodes, so that there is another side");
    }
    new Partition(layout).cut(minority);
    var out = spec.commandLine().getOut();
    out.println(LocalCluster.names(minority) + " cut off from "
        + LocalCluster.names(homes.stream().filter(home -> !minority.contains(home)).toList())
        + "; clients reach all of them. Join them again with: torc heal --data " + data);
    out.flush();
    return 0;
  }

  /** Of a directory that up has used. */
  static ClusterLayout layout(Path data) {
    if (!Files.exists(data.resolve("cluster.conf"))) {
      throw new StartException("--data = " + data + " is not allowed; allowed: a directory that torc up made");
    }
    return ClusterLayout.of(data, null, null);
  }
}
