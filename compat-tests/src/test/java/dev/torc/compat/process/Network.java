package dev.torc.compat.process;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Hosts as network namespaces on one bridge, on which this process has an address too, and which can be parted: packets between the
 * sides vanish without a word, as in a network that fails. Names hold this process's id, so that those whose process is gone are known as leftovers.
 */
public final class Network implements AutoCloseable {
  /** Of the packets from one host to another so many in a hundred get lost. */
  public record Loss(int from, int to, int percent) {
    /** All, one way. */
    public static List<Loss> onWay(List<Integer> from, List<Integer> to) {
      return from.stream().flatMap(sender -> to.stream().filter(receiver -> !receiver.equals(sender))
          .map(receiver -> new Loss(sender, receiver, 100))).toList();
    }

    /** All, both ways. */
    public static List<Loss> between(List<Integer> one, List<Integer> other) {
      return Stream.concat(onWay(one, other).stream(), onWay(other, one).stream()).toList();
    }
  }

  private static final Pattern LEFT = Pattern.compile("\\btorc(\\d+)[hbtvpq]\\d*\\b");

  private final String name = "torc" + ProcessHandle.current().pid();
  private final String bridge = name + "b";
  private final String table = name + "t";
  private final String subnet;
  private final int hosts;

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

  /** Skips the test, loudly, where this process may not do such things. */
  public static void assumePossible() {
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
    parts().filter(left -> ProcessHandle.of(Long.parseLong(left.group(1))).isEmpty()).map(MatchResult::group)
        .distinct().forEach(Network::remove);
  }

  private static Stream<MatchResult> parts() {
    return LEFT.matcher(Stream.of(List.of("ip", "netns", "list"), List.of("ip", "-o", "link", "show"),
        List.of("nft", "list", "tables", "bridge")).filter(line -> Program.isInstalled(line.getFirst()))
        .map(line -> Program.run(line, Map.of(), new byte[0]).out()).collect(Collectors.joining())).results();
  }

  /** Of networks of this process, what is there. */
  public static List<String> left() {
    String mine = Long.toString(ProcessHandle.current().pid());
    return parts().filter(part -> part.group(1).equals(mine)).map(MatchResult::group).distinct().toList();
  }

  private static void remove(String left) {
    if (left.contains("h")) {
      Program.run("ip", "netns", "pids", left).out().lines().map(Long::parseLong)
          .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      Program.run("ip", "netns", "del", left);
    } else if (!left.endsWith("t")) {
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
    var others = IntStream.range(0, hosts).filter(other -> other != host).boxed().toList();
    apply(Loss.between(List.of(host), others));
  }

  /** From now on these packets get lost between hosts, and no others. Takes effect at once as a whole. */
  public void apply(List<Loss> losses) {
    var rules = new StringBuilder("table bridge " + table + "\ndelete table bridge " + table + "\n");
    if (!losses.isEmpty()) {
      rules.append("table bridge ").append(table)
          .append(" {\nchain parting {\ntype filter hook forward priority 0; policy accept;\n");
      losses.forEach(loss -> rules.append("ip saddr ").append(address(loss.from())).append(" ip daddr ")
          .append(address(loss.to())).append(loss.percent() < 100 ? " numgen random mod 100 < " + loss.percent() : "")
          .append(" drop\n"));
      rules.append("}\n}\n");
    }
    Program ended = Program.run(List.of("nft", "-f", "-"), Map.of(), rules.toString().getBytes());
    Assertions.assertThat(ended.exit()).as(ended.text()).isZero();
  }

  public void heal() {
    apply(List.of());
  }

  /** Puts a long line between a host and the bridge, until it is closed: late, out of order and some of it twice, whoever it is from. */
  public AutoCloseable lengthen(int host, int delayMillis, int jitterMillis, int duplicatedPercent, int seed) {
    String near = name + "p" + (host + 1);
    String far = name + "q" + (host + 1);
    must("ip", "link", "add", near, "type", "veth", "peer", "name", far);
    // Frames that pass are no business of this machine, which would answer for its own address.
    must("ip", "link", "set", near, "arp", "off", "up");
    must("ip", "link", "set", cable(host), "nomaster", "arp", "off");
    var line = NativeCode.start(NativeCode.program("line"), cable(host), near, Integer.toString(delayMillis),
        Integer.toString(jitterMillis), Integer.toString(duplicatedPercent), Integer.toString(seed));
    must("ip", "link", "set", far, "master", bridge, "up");
    return () -> {
      line.destroyForcibly().onExit().join();
      must("ip", "link", "del", near);
      must("ip", "link", "set", cable(host), "master", bridge, "arp", "on");
    };
  }

  /** The nodes on it must have ended. */
  @Override
  public void close() {
    Program.run("nft", "delete", "table", "bridge", table);
    for (int host = 0; host < hosts; host++) {
      Program.run("ip", "link", "del", cable(host));
      Program.run("ip", "link", "del", name + "p" + (host + 1));
      Program.run("ip", "netns", "del", space(host));
    }
    Program.run("ip", "link", "del", bridge);
  }
}
