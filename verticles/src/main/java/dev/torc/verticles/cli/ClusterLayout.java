package dev.torc.verticles.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.torc.verticles.StartException;
import dev.torc.verticles.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many nodes a data directory holds and on which ports; kept there in cluster.conf, so that the next start is the same.
 *
 * @param data the directory, absolute
 * @param nodes n1 to nN
 * @param basePort the client port of n1; the others follow
 */
record ClusterLayout(Path data, int nodes, int basePort) {

  static final int MOST_NODES = 64;

  ClusterLayout {
    count("--nodes", Integer.toString(nodes), 1, MOST_NODES);
    count("--base-port", Integer.toString(basePort), 1, 55_536 - nodes);
  }

  /** The layout recorded in a directory, or the one asked for; null is what was not asked. A recorded one does not change. */
  static ClusterLayout of(Path directory, String nodes, String basePort) {
    Path data = directory.toAbsolutePath().normalize();
    Path file = data.resolve("cluster.conf");
    if (!Files.exists(file)) {
      return new ClusterLayout(data, nodes == null ? 3 : count("--nodes", nodes, 1, MOST_NODES),
          basePort == null ? 7_001 : count("--base-port", basePort, 1, 55_535));
    }
    var recorded = read(data, file);
    agree("--nodes", nodes, recorded.nodes, file);
    agree("--base-port", basePort, recorded.basePort, file);
    return recorded;
  }

  private static ClusterLayout read(Path data, Path file) {
    try {
      Config config = ConfigFactory.parseFile(file.toFile());
      return new ClusterLayout(data, config.getInt("nodes"), config.getInt("base-port"));
    } catch (com.typesafe.config.ConfigException wrong) {
      throw new StartException(file + " cannot be read: " + wrong.getMessage(), wrong);
    }
  }

  private static void agree(String flag, String asked, int recorded, Path file) {
    if (asked != null && !asked.equals(Integer.toString(recorded))) {
      throw new ConfigException(flag, asked, recorded + ", as recorded in " + file + " (or another --data)");
    }
  }

  static int count(String flag, String text, int least, int most) {
    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new ConfigException(flag, text, least + " to " + most);
  }

  void record() {
    try {
      Files.createDirectories(data);
      Files.writeString(data.resolve("cluster.conf"),
          "# Written by torc up; the nodes of this directory.\nnodes = " + nodes + "\nbase-port = " + basePort + "\n");
    } catch (IOException failed) {
      throw new StartException("data directory " + data + " cannot be used: " + failed, failed);
    }
  }

  List<NodeHome> homes() {
    return IntStream.range(0, nodes)
        .mapToObj(i -> new NodeHome("n" + (i + 1), basePort + i, data.resolve("n" + (i + 1))))
        .toList();
  }

  String seeds() {
    return homes().stream().map(home -> "127.0.0.1:" + home.port()).collect(Collectors.joining(","));
  }
}
