package dev.torc.compat.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Hosts as network namespaces on one bridge, on which this process has an address too, and which can be parted: packets between the
 * sides vanish without a word, as in a network that fails. Names hold this process's id, so that those whose process is gone are known as leftovers.
 */
public final class Network implements AutoCloseable {
  private static final Pattern LEFT = Pattern.compile("\\btorc(\\d+)[hbtv]\\d*\\b");

  private final String name = "torc" + ProcessHandle.current().pid();
  private final String bridge = name + "b";
  private final String table = name + "t";
  private final String subnet;
  private final int hosts;
  private boolean parted;

  private Network(String subnet, int hosts) {
    this.subnet = subnet;
    this.hosts = hosts;
  }

  /** Skips the test, loudly, where this machine cannot have one. One network at a time in a process. */
  public static Network of(int hosts) {
    assumePossible();
    removeLeftovers();
    var random = ThreadLocalRandom.current();
    var network = new Network("10." + random.nextInt(64, 128) + "." + random.nextInt(256), hosts);
    try {
      network.build();
    } catch (RuntimeException | Error failed) {
      network.close();
      throw failed;
    }
    return network;
  }

  private static void assumePossible() {
    Program.assumeInstalled("ip", "iproute2");
    Program.assumeInstalled("nft", "nftables");
    String probe = "torc" + ProcessHandle.current().pid() + "h99";
    boolean possible = Program.run("ip", "netns", "add", probe).exit() == 0
        && Program.run("ip", "netns", "del", probe).exit() == 0;
    if (!possible) {
      System.err.println("*** SKIPPED: network namespaces cannot be made here; partitions are tested as root only ***");
    }
    Assumptions.assumeTrue(possible, "may make network namespaces");
  }

  /** What a run that was killed left: by name, and only if its process is gone. */
  private static void removeLeftovers() {
    var found = Program.run("ip", "netns", "list").out()
        + Program.run("ip", "-o", "link", "show").out()
        + Program.run("nft", "list", "tables", "bridge").out();
    LEFT.matcher(found).results().filter(left -> ProcessHandle.of(Long.parseLong(left.group(1))).isEmpty())
        .map(left -> left.group()).distinct().forEach(Network::remove);
  }

  private static void remove(String left) {
    if (left.contains("h")) {
      Program.run("ip", "netns", "pids", left).out().lines().map(Long::parseLong)
          .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      Program.run("ip", "netns", "del", left);
    } else if (left.endsWith("b") || left.contains("v")) {
      Program.run("ip", "link", "del", left);
    } else {
      Program.run("nft", "delete", "table", "bridge", left);
    }
  }

  private void build() {
    must("ip", "link", "add", bridge, "type", "bridge");
    must("ip", "addr", "add", subnet + ".254/24", "dev", bridge);
    must("ip", "link", "set", bridge, "up");
    for (int host = 0; host < hosts; host++) {
      String space = space(host);
      String cable = cable(host);
      must("ip", "netns", "add", space);
      must("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", space);
      must("ip", "link", "set", cable, "master", bridge, "up");
      must("ip", "-n", space, "addr", "add", address(host) + "/24", "dev", "eth0");
      must("ip", "-n", space, "link", "set", "eth0", "up");
      must("ip", "-n", space, "link", "set", "lo", "up");
    }
  }

  private static void must(String... line) {
    Program ended = Program.run(line);
    Assertions.assertThat(ended.exit()).as(String.join(" ", line) + ": " + ended.text()).isZero();
  }

  private String space(int host) {
    return name + "h" + (host + 1);
  }

  private String cable(int host) {
    return name + "v" + (host + 1);
  }

  /** Of host 0, 1, … */
  public String address(int host) {
    return subnet + "." + (host + 1);
  }

  /** What a command line begins with to run on a host; the process keeps its id. */
  public List<String> on(int host) {
    return List.of("ip", "netns", "exec", space(host));
  }

  /** Cuts one host off from the others, both ways; this process still reaches all of them. */
  public void isolate(int host) {
    heal();
    var rules = new ArrayList<String>();
    rules.add("table bridge " + table + " { chain parting { type filter hook forward priority 0; policy accept;");
    IntStream.range(0, hosts).filter(other -> other != host).forEach(other -> {
      rules.add("ip saddr " + address(host) + " ip daddr " + address(other) + " drop;");
      rules.add("ip saddr " + address(other) + " ip daddr " + address(host) + " drop;");
    });
    rules.add("}\n}\n");
    Program ended = Program.run(List.of("nft", "-f", "-"), Map.of(), String.join("\n", rules).getBytes());
    Assertions.assertThat(ended.exit()).as(ended.text()).isZero();
    parted = true;
  }

  public void heal() {
    if (parted) {
      must("nft", "delete", "table", "bridge", table);
      parted = false;
    }
  }

  /** The nodes on it must have ended. */
  @Override
  public void close() {
    Program.run("nft", "delete", "table", "bridge", table);
    for (int host = 0; host < hosts; host++) {
      Program.run("ip", "link", "del", cable(host));
      Program.run("ip", "netns", "del", space(host));
    }
    Program.run("ip", "link", "del", bridge);
  }
}
