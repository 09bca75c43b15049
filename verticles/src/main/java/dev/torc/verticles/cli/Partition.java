package dev.torc.verticles.cli;

import dev.torc.verticles.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A part of a cluster on this machine cut off from the rest: packets between the two vanish without a word, as in a network that fails, while clients reach all nodes.
 * All nodes listen on one address, so a packet tells its nodes by peer port, and, on the side that connected, whose port is any, by {@link #source}: an address of
 * 127.0.0.0/8 for each node. The rules are in one table of nft, which is of this cluster alone; the file {@code partition} of the directory says that it is there.
 *
 * @param layout of the whole cluster
 */
record Partition(ClusterLayout layout) {

  static final String SOURCE_SETTING = "peer.source=";
  private static final int PEER_PORT_ABOVE = 10_000;

  /** The address from which a node connects to its peers. */
  static String source(NodeHome home, ClusterLayout layout) {
    int index = home.port() - layout.basePort() + 1;
    return "127." + (layout.basePort() >> 8) + "." + (layout.basePort() & 0xff) + "." + index;
  }

  /** Replaces whatever partition there was. @throws StartException when a node cannot be told from others, or without the right to set rules */
  void cut(List<NodeHome> minority) {
    layout.homes().stream().filter(home -> home.isRunning() && !home.runsWith(SOURCE_SETTING + source(home, layout)))
        .findFirst().ifPresent(home -> {
          throw new StartException(home.name() + " has no address of its own to be told by; stop it and start it again"
              + " with torc up, without --config and bind (Linux only)");
        });
    nft(rules(minority));
    try {
      Files.writeString(file(layout.data()), LocalCluster.names(minority) + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What nft reads. */
  String rules(List<NodeHome> minority) {
    var rules = new StringBuilder(removal());
    rules.append("table ip ").append(table()).append(" {\nchain vanish {\n")
        .append("type filter hook input priority 0; policy accept;\n");
    layout.homes().stream().filter(home -> !minority.contains(home))
        .forEach(other -> minority.forEach(home -> {
          oneWay(home, other, rules);
          oneWay(other, home, rules);
        }));
    return rules.append("}\n}\n").toString();
  }

  private void oneWay(NodeHome from, NodeHome to, StringBuilder rules) {
    int sender = from.port() + PEER_PORT_ABOVE;
    int receiver = to.port() + PEER_PORT_ABOVE;
    rules.append("udp sport ").append(sender).append(" udp dport ").append(receiver).append(" drop\n")
        .append("ip saddr ").append(source(from, layout)).append(" tcp dport ").append(receiver).append(" drop\n")
        .append("ip daddr ").append(source(to, layout)).append(" tcp sport ").append(sender).append(" drop\n");
  }

  /** Of a table that may not be there. */
  private String removal() {
    return "table ip " + table() + "\ndelete table ip " + table() + "\n";
  }

  private String table() {
    return "torc_" + layout.basePort();
  }

  private static Path file(Path data) {
    return data.resolve("partition");
  }

  static boolean isRecorded(Path data) {
    return Files.exists(file(data));
  }

  /** Removes the rules. */
  void heal() {
    nft(removal());
    try {
      Files.deleteIfExists(file(layout.data()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** As heal, where there is something to heal; without the right to, it says so. */
  static void healRecorded(Path data, PrintWriter out) {
    if (!isRecorded(data)) {
      return;
    }
    try {
      new Partition(ClusterLayout.of(data, null, null)).heal();
      out.println("The partition is healed.");
    } catch (StartException refused) {
      out.println("Its partition stays: " + refused.getMessage());
    }
  }

  private static void nft(String rules) {
    try {
      var process = new ProcessBuilder("nft", "-f", "-").redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(rules.getBytes(StandardCharsets.US_ASCII));
      }
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new StartException("nft, the packet filter, refused: " + said.lines().findFirst().orElse("")
            + " (it needs root: try sudo)");
      }
    } catch (IOException missing) {
      throw new StartException("partitions are made with nft, which cannot be run: " + missing.getMessage()
          + " (Debian: apt install nftables; it needs root)", missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", interrupted);
    }
  }
}
