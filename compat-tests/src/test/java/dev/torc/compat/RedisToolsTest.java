package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Program;
import dev.torc.compat.process.SharedCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** redis-cli and redis-benchmark, as Debian has them. */
@ExtendWith(SharedCluster.class)
class RedisToolsTest {
  private static final List<String> TOOLS = List.of("redis-cli", "redis-benchmark");

  @BeforeEach
  void areInstalled() {
    var missing = TOOLS.stream().filter(tool -> Arrays.stream(System.getenv("PATH").split(":"))
        .noneMatch(directory -> Files.isExecutable(Path.of(directory, tool)))).toList();
    if (!missing.isEmpty()) {
      System.err.println("*** SKIPPED: " + missing + " not found; install them (Debian: apt install redis-tools) ***");
    }
    Assumptions.assumeTrue(missing.isEmpty(), "redis-tools are installed");
  }

  private static Program cli(int node, String... words) {
    return tool("redis-cli", node, new byte[0], words);
  }

  private static Program tool(String name, int node, byte[] input, String... words) {
    var line = new ArrayList<>(List.of(name, "-p", Integer.toString(SharedCluster.get().port(node))));
    line.addAll(List.of(words));
    Program ended = Program.run(line, Map.of(), input);
    assertThat(ended.exit()).as(ended.text()).isZero();
    assertThat(ended.text()).doesNotContainIgnoringCase("error").doesNotContain("(error)", "ERR ");
    return ended;
  }

  @Test
  void whatOneNodeIsToldAnotherKnows() {
    assertThat(cli(0, "set", "cli:a", "1").out()).isEqualTo("OK\n");
    assertThat(cli(2, "get", "cli:a").out()).isEqualTo("1\n");
    assertThat(cli(1, "-3", "get", "cli:a").out()).isEqualTo("1\n");
  }

  @Test
  void clusterModeIsNeverRedirected() {
    assertThat(cli(1, "-c", "mset", "cli:x", "1", "cli:y", "2", "cli:z", "3").out()).isEqualTo("OK\n");
    for (int node = 0; node < 3; node++) {
      assertThat(cli(node, "-c", "mget", "cli:x", "cli:y", "cli:z").out()).isEqualTo("1\n2\n3\n");
    }
  }

  @Test
  void aPipeOfTenThousandInlineCommandsArrives() {
    var input = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      input.append("SET cli:pipe:").append(i % 100).append(' ').append(i).append("\r\n");
    }
    var piped = tool("redis-cli", 0, input.toString().getBytes(StandardCharsets.US_ASCII), "ping");
    assertThat(piped.out()).isEqualTo("PONG\n");
    var line = List.of("redis-cli", "-p", Integer.toString(SharedCluster.get().port(0)), "--pipe");
    Program loaded = Program.run(line, Map.of(), input.toString().getBytes(StandardCharsets.US_ASCII));
    assertThat(loaded.text()).contains("errors: 0, replies: 10000");
    assertThat(cli(2, "get", "cli:pipe:99").out()).isEqualTo("9999\n");
  }

  @Test
  void clusterCheckFindsAllSlotsCovered() {
    var check = Program.run("redis-cli", "--cluster", "check", "127.0.0.1:" + SharedCluster.get().port(0));
    assertThat(check.text()).contains("[OK] All nodes agree about slots configuration.",
        "[OK] All 16384 slots covered.");
    assertThat(check.exit()).as(check.text()).isZero();
  }

  @Test
  void bigKeysSumsUp() {
    cli(0, "set", "cli:big", "x".repeat(1_000));
    assertThat(cli(0, "--bigkeys").out()).contains("-------- summary -------");
  }

  @Test
  void theHelpOfTheShellIsOurs() {
    var typed = tool("redis-cli", 0, "help get\nset cli:typed 1\nget cli:typed\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(typed.out()).endsWith("OK\n1\n");
  }

  @Test
  void aBenchmarkOfOneNodeRunsToItsEnd() {
    var run = tool("redis-benchmark", 0, new byte[0], "-t", "set,get", "-n", "20000", "-P", "16", "-q");
    assertThat(run.out()).containsPattern("SET: [0-9.]+ requests per second")
        .containsPattern("GET: [0-9.]+ requests per second");
  }

  @Test
  void aBenchmarkOfTheClusterRunsToItsEnd() {
    var run = tool("redis-benchmark", 1, new byte[0], "--cluster", "-t", "set,get", "-n", "20000", "-P", "16", "-q");
    assertThat(run.out()).contains("Cluster has 3 master nodes").containsPattern("GET: [0-9.]+ requests per second");
  }
}
