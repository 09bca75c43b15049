package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.Ports;
import dev.torc.compat.process.Program;
import dev.torc.compat.process.SharedCluster;
import dev.torc.compat.process.Torc;
import dev.torc.compat.resp.RespSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/torc, as an operator types it. */
@ExtendWith(SharedCluster.class)
class CommandLineTest {
  private final Cluster shared = SharedCluster.get();

  @Test
  void aSecondUpIsHarmlessAndPrintsTheTable() {
    long pid = shared.pid(0);
    Program up = shared.up();
    assertThat(up.out()).contains("Already running: n1, n2, n3", "Try: redis-cli -p " + shared.port(0));
    assertIsTable(up.out());
    assertThat(shared.pid(0)).isEqualTo(pid);
  }

  @Test
  void nodesStartFromAnArchiveOfClassesAndSayNothingOfOneThatDoesNotFit() throws IOException {
    var line = List.of(Files.readString(Path.of("/proc", Long.toString(shared.pid(0)), "cmdline")).split("\0"));
    var archive = line.stream().filter(word -> word.startsWith("-XX:SharedArchiveFile=")).findFirst().orElseThrow();
    assertThat(Files.size(Path.of(archive.substring(archive.indexOf('=') + 1)))).isPositive();
    for (int node = 0; node < shared.size(); node++) {
      assertThat(shared.log(node).lines().findFirst().orElseThrow()).contains(" INFO ");
    }
    var misfit = new ArrayList<>(line.subList(0, line.indexOf("-jar") + 2));
    misfit.add(misfit.indexOf("-jar"), "-XX:-UseParallelGC");
    misfit.add(misfit.indexOf("-jar"), "-XX:+UseZGC");
    misfit.add("--version");
    assertThat(Program.run(misfit.toArray(String[]::new)).text()).startsWith("torc ").hasLineCount(1);
  }

  @Test
  void statusPrintsTheRingAsTheNodeSeesIt() {
    for (int port : shared.ports()) {
      Program status = Torc.run("status", "--port", Integer.toString(port));
      assertThat(status.exit()).isZero();
      assertIsTable(status.out());
    }
  }

  private void assertIsTable(String out) {
    assertThat(out).containsPattern("name +address +state +zone +share +keys +disk +uptime");
    for (int node = 0; node < 3; node++) {
      assertThat(out)
          .containsPattern("n" + (node + 1) + " +127.0.0.1:" + shared.port(node) + " +up +default +3\\d\\.\\d %");
    }
  }

  @Test
  void statusOfNobodyIsOneLine() {
    assertRefused(Torc.run("status", "--port", Integer.toString(Ports.base(1))), "no answer from 127.0.0.1:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "down", "status", "partition", "heal", "server", ""})
  void everyCommandHelps(String command) {
    Program help = command.isEmpty() ? Torc.run("--help") : Torc.run(command, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Usage: torc " + command);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"up --nodes 0|--nodes|0|1 to 64", "up --nodes x|--nodes|x|1 to 64",
      "up --base-port 70000|--base-port|70000|1 to", "status --port 0|--port|0|1 to 65535",
      "server --port 99999|client.port|99999|1 to 65535", "server --set cluster.read-level=most|read-level|most|quorum",
      "server --set engine.fsync=never|engine.fsync|never|everysec",
      "server --seeds nowhere|seeds|nowhere|host:port",
      "server --set clint.port=1|clint.port|is not a key|client.port"})
  void aWrongValueIsOneLineWithKeyValueAndWhatIsAllowed(String line, String key, String value, String allowed) {
    var words = (line + (line.startsWith("status") ? "" : " --data " + Cluster.fresh("wrong"))).split(" ");
    assertRefused(Torc.run(words), key, value, allowed);
  }

  @Test
  void anUnknownFlagIsOneLine() {
    assertRefused(Torc.run("up", "--nods", "3"), "--nods");
  }

  private static void assertRefused(Program ended, String... parts) {
    assertThat(ended.exit()).as(ended.text()).isEqualTo(1);
    assertThat(ended.lines()).as(ended.text()).hasSize(1);
    assertThat(ended.err()).startsWith("torc: ").contains(parts);
  }

  @Test
  void aPortInUseIsOneLineAndNothingIsStarted() throws IOException {
    int port = Ports.base(3);
    try (var taken = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
      Path data = Cluster.fresh("taken");
      Program up = Torc.run("up", "--detach", "--data", data.toString(), "--base-port", Integer.toString(port));
      assertRefused(up, "port " + taken.getLocalPort() + " (clients) on 127.0.0.1 is in use by another process");
      assertRefused(Torc.run("server", "--data", data + "/x", "--port", Integer.toString(port + 1)),
          "is in use by another process");
      assertNoneRunsIn(data);
    }
  }

  @Test
  void aDataDirectoryInUseIsOneLine() {
    Program second = Torc.run("server", "--data", shared.home(0).toString(), "--port", Integer.toString(Ports.base(1)));
    assertThat(second.exit()).as(second.text()).isEqualTo(1);
    assertThat(second.text().lines().filter(line -> line.startsWith("torc: "))).containsExactly(
        "torc: data directory " + shared.home(0) + " is in use by another process");
    assertThat(second.text()).doesNotContain("\tat ");
  }

  @Test
  void aFourthNodeCannotJoin() {
    Program fourth = Torc.run("server", "--name", "n4", "--data", Cluster.fresh("fourth").toString(), "--port",
        Integer.toString(Ports.base(1)), "--seeds", "127.0.0.1:" + shared.port(0), "--expect", "3");
    assertThat(fourth.exit()).as(fourth.text()).isEqualTo(1);
    assertThat(fourth.text().lines().filter(line -> line.startsWith("torc: "))).as(fourth.text()).hasSize(1);
    assertThat(fourth.text()).doesNotContain("\tat ");
  }

  @Test
  void oneNodeServesAlone() throws IOException {
    var home = Cluster.fresh("alone");
    int port = Ports.base(1);
    var output = home.resolve("out.txt");
    Process node = Torc.start(output, "server", "--data", home.resolve("n").toString(), "--port",
        Integer.toString(port));
    try {
      Eventually.that("it serves", Duration.ofSeconds(30), () -> {
        try (var socket = RespSocket.connect(port)) {
          return "OK".equals(socket.call("SET", "a", "1")) && "1".equals(socket.call("GET", "a"));
        }
      });
    } finally {
      node.destroy();
      Eventually.that("it ends when it is asked to", Duration.ofSeconds(30), () -> !node.isAlive());
    }
    assertThat(Files.readString(output)).doesNotContain("\tat ");
  }

  @Test
  void upInTheForegroundStopsItsNodesWhenItIsStopped() throws IOException {
    var data = Cluster.fresh("follow");
    var output = data.resolveSibling(data.getFileName() + ".txt");
    Process up = Torc.start(output, "up", "--data", data.toString(), "--nodes", "1", "--base-port",
        Integer.toString(Ports.base(1)));
    try {
      Eventually.that("it is up", Duration.ofSeconds(60), () -> Files.readString(output).contains("Ctrl-C stops"));
    } finally {
      up.destroy();
      Eventually.that("it ends", Duration.ofSeconds(30), () -> !up.isAlive());
    }
    assertNoneRunsIn(data);
  }

  private static void assertNoneRunsIn(Path data) {
    assertThat(Torc.runningIn(data)).isEmpty();
  }

  @Test
  void downLeavesNothingRunningAndASecondDownIsHarmless() {
    var cluster = Cluster.start("down", 1);
    assertThat(cluster.down().out()).contains("Stopped n1; the data stays in " + cluster.data());
    assertNoneRunsIn(cluster.data());
    assertThat(cluster.down().out()).contains("No node runs in " + cluster.data());
  }

  @Test
  void healthAndMetricsAreServedOverHttp() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      assertThat(get(http, "/health").statusCode()).isEqualTo(200);
      assertThat(get(http, "/health").body()).isEqualTo("ready\n");
      var metrics = get(http, "/metrics");
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.body()).contains("# TYPE ", "torc_", "command=\"get\"");
      assertThat(get(http, "/nothing").statusCode()).isEqualTo(404);
    }
  }

  private HttpResponse<String> get(HttpClient http, String path) throws Exception {
    try (var socket = shared.connect(0)) {
      socket.call("GET", "some");
    }
    return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (shared.port(0) + 1_000) + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
