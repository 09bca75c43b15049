package dev.torc.verticles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** up, status and down with processes that are real and nodes that are not. */
@Timeout(120)
class LocalClusterTest {

  private static final NodeLauncher LAUNCHER = new NodeLauncher(
      List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-Xmx32m"),
      List.of("-cp", System.getProperty("java.class.path"), FakeNode.class.getName()), List.of());

  @TempDir
  Path data;

  private final int base = freeBasePort();
  private NodeLauncher launcher = LAUNCHER;
  private String out = "";
  private String err = "";

  @AfterEach
  void noProcessIsLeft() {
    torc("down", "--data", data.toString());
  }

  @Test
  void upStartsWhatDoesNotRunAndDownStopsAll() throws Exception {
    assertThat(up("--nodes", "2", "--base-port", "" + base)).as(err).isZero();
    assertThat(out).contains("Starting n1, n2 in " + data, "127.0.0.1:" + (base + 1), "redis-cli -p " + base);
    long first = pid("n1");

    new LocalCluster(ClusterLayout.of(data, null, null), new PrintWriter(new StringWriter())).homes().get(1).process()
        .orElseThrow().destroyForcibly();
    waitUntilStopped("n2");
    assertThat(up()).as(err).isZero();
    assertThat(out).contains("Already running: n1", "Starting n2 in");
    assertThat(pid("n1")).isEqualTo(first);

    assertThat(up()).as("harmless when all run").isZero();
    assertThat(out).contains("Already running: n1, n2").doesNotContain("Starting");

    assertThat(torc("status", "--port", "" + base)).isZero();
    assertThat(out).contains("n2    127.0.0.1:" + (base + 1) + "  up     default  50.0 %     1  2.0 KiB     3 s");

    assertThat(torc("down", "--data", data.toString())).isZero();
    assertThat(out).contains("Stopped n1, n2; the data stays in " + data);
    assertThat(torc("status", "--port", "" + base)).isEqualTo(1);
    assertThat(err).startsWith("torc: no answer from 127.0.0.1:" + base + ": ").hasLineCount(1);
  }

  @Test
  void aNodeThatEndsAtItsStartLeavesNoneRunning() throws Exception {
    Files.createFile(data.resolve("broken"));
    assertThat(up("--nodes", "2", "--base-port", "" + base)).isEqualTo(1);
    assertThat(err).startsWith("torc: n2 ended at its start: broken on purpose (log: ").hasLineCount(1);
    assertThat(torc("down", "--data", data.toString())).isZero();
    assertThat(out).contains("No node runs in");
    assertThat(data.resolve("cluster.conf")).doesNotExist();
  }

  @Test
  void onlyANodeThatDoesNotRunIsRecoveredAndSeveralOnlyByName() throws Exception {
    assertThat(up("--nodes", "2", "--base-port", "" + base, "--recover")).isEqualTo(1);
    assertThat(err).isEqualTo("torc: name the node to recover, as in --recover n1: of n1, n2 none runs, and what no"
        + " other node has would be lost if all of their databases were set aside\n");
    assertThat(up("--nodes", "2", "--base-port", "" + base, "--recover", "n3")).isEqualTo(1);
    assertThat(err).isEqualTo("torc: --recover = n3 is not allowed; allowed: n1, n2\n");

    assertThat(up("--nodes", "2", "--base-port", "" + base, "--recover", "n2")).as(err).isZero();
    assertThat(home("n1").runsWith("--recover")).isFalse();
    assertThat(home("n2").runsWith("--recover")).isTrue();
    assertThat(up("--recover")).isEqualTo(1);
    assertThat(err).isEqualTo("torc: all nodes run: there is none to recover\n");
    assertThat(up("--recover", "n1")).isEqualTo(1);
    assertThat(err).startsWith("torc: n1 runs, so its database is in use").endsWith("kill " + pid("n1") + "\n");

    home("n1").process().orElseThrow().destroyForcibly();
    waitUntilStopped("n1");
    assertThat(up("--recover")).as(err).isZero();
    assertThat(out).contains("Recovering n1: the old database is set aside, not deleted");
    assertThat(home("n1").runsWith("--recover")).isTrue();
  }

  /** Between its creation and the program that it becomes, a process is seen without a command line that says what it is. */
  @Test
  void aProcessThatIsNotYetANodeIsNotOneThatEnded() throws Exception {
    Path late = Files.writeString(data.resolve("late"), """
        #!/bin/sh
        [ -n "$BECOMES" ] && sleep 1 && eval "exec $BECOMES"
        BECOMES="$*" exec "$0"
        """);
    assertThat(late.toFile().setExecutable(true)).isTrue();
    launcher = new NodeLauncher(Stream.concat(Stream.of(late.toString()), LAUNCHER.java().stream()).toList(),
        LAUNCHER.program(), List.of());
    assertThat(up("--nodes", "1", "--base-port", "" + base)).as(err).isZero();
  }

  @Test
  void aRecordedLayoutDoesNotChange() {
    new ClusterLayout(data, 5, base).record();
    assertThat(up("--nodes", "3")).isEqualTo(1);
    assertThat(err).isEqualTo("torc: --nodes = 3 is not allowed; allowed: 5, as recorded in "
        + data.resolve("cluster.conf") + " (or another --data)\n");
    assertThat(up("--base-port", "1")).isEqualTo(1);
    assertThat(err).contains("--base-port = 1 is not allowed; allowed: " + base + ", as recorded");
  }

  @Test
  void aPortInUseIsSaidBeforeAnyNodeStarts() throws Exception {
    try (var taken = new java.net.ServerSocket(base, 1, java.net.InetAddress.getLoopbackAddress())) {
      assertThat(up("--nodes", "1", "--base-port", "" + taken.getLocalPort())).isEqualTo(1);
      assertThat(err)
          .isEqualTo("torc: n1 cannot start: port " + base + " (clients) on 127.0.0.1 is in use by another process\n");
    }
  }

  private int up(String... flags) {
    var line = new java.util.ArrayList<>(List.of("up", "--detach", "--data", data.toString()));
    line.addAll(List.of(flags));
    return torc(line.toArray(String[]::new));
  }

  private int torc(String... arguments) {
    var outWriter = new StringWriter();
    var errWriter = new StringWriter();
    int exit = Main.commandLine(config -> Future.failedFuture("not here"), launcher, Map.of())
        .setOut(new PrintWriter(outWriter, true)).setErr(new PrintWriter(errWriter, true)).execute(arguments);
    out = outWriter.toString();
    err = errWriter.toString();
    return exit;
  }

  private long pid(String name) throws Exception {
    return Long.parseLong(Files.readString(data.resolve(name).resolve("torc.pid")).strip());
  }

  private NodeHome home(String name) {
    return new NodeHome(name, 0, data.resolve(name));
  }

  private void waitUntilStopped(String name) {
    assertThat(new Patience().until(() -> !home(name).isRunning(), LocalCluster.STOP_LIMIT)).isTrue();
  }

  private static int freeBasePort() {
    var random = new SplittableRandom();
    return IntStream.generate(() -> random.nextInt(12_000, 20_000))
        .filter(port -> IntStream.range(port, port + 2)
            .allMatch(p -> new PortCheck("127.0.0.1", p, p + 10_000, p + 1_000).inUse().isEmpty()))
        .findFirst().orElseThrow();
  }
}
