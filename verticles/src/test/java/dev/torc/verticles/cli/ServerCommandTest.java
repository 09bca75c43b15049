package dev.torc.verticles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.config.NodeConfig;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCommandTest {

  private final List<NodeConfig> started = new ArrayList<>();
  private Exception failure = new BindException("bind(..) failed: Cannot assign requested address");
  private String out = "";
  private String err = "";

  @Test
  void flagsReachTheNode() {
    torc("server", "--name", "n9", "--port", "7999", "--seeds", "a:7001,b:7001", "--data", "d", "--expect", "3",
        "--zone",
        "r1", "--announce", "h", "--set", "engine.fsync=always", "--set", "torc.weight=2");
    NodeConfig config = started.getFirst();
    assertThat(config.name()).isEqualTo("n9");
    assertThat(config.client().port()).isEqualTo(7999);
    assertThat(config.cluster().seeds()).hasSize(2);
    assertThat(config.cluster().expect()).isEqualTo(3);
    assertThat(config.announceHost()).contains("h");
    assertThat(config.zone()).isEqualTo("r1");
    assertThat(config.weight()).isEqualTo(2);
  }

  @Test
  void anExpectedFailureIsOneLine() {
    assertThat(torc("server", "--port", "7999")).isEqualTo(1);
    assertThat(err).isEqualTo("torc: cannot listen on 127.0.0.1 (ports 7999, 17999, 8999): "
        + "bind(..) failed: Cannot assign requested address\n");
    failure = new RuntimeException("open", new IllegalStateException(
        "While lock file: d/LOCK: Resource temporarily unavailable"));
    assertThat(torc("server", "--port", "7999", "--data", "d")).isEqualTo(1);
    assertThat(err).isEqualTo("torc: data directory d is in use by another process\n");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "server --port x | torc.client.port = x (command line) is not allowed; allowed: a whole number",
      "server --set a | Value for option option '--set' (KEY=VALUE) should be in KEY=VALUE format but was a (see torc server --help)",
      "status --port 0 | --port = 0 is not allowed; allowed: 1 to 65535",
      "up --nodes many | --nodes = many is not allowed; allowed: 1 to 64",
      "up --base-port 60000 | --base-port = 60000 is not allowed; allowed: 1 to 55535",
      "up --noodles 3 | Unknown options: '--noodles', '3' (see torc up --help)"})
  void aWrongFlagIsOneLine(String line, String expected) {
    assertThat(torc(line.split(" "))).isEqualTo(1);
    assertThat(err).isEqualTo("torc: " + expected + "\n");
    assertThat(started).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "up ", "down ", "status ", "server "})
  void helpIsEverywhere(String command) {
    assertThat(torc((command + "--help").split(" "))).isZero();
    assertThat(out).startsWith("Usage: torc " + command);
  }

  private int torc(String... arguments) {
    var outWriter = new StringWriter();
    var errWriter = new StringWriter();
    int exit = Main.commandLine(config -> {
      started.add(config);
      return Future.failedFuture(failure);
    }, new NodeLauncher(List.of("false"), List.of(), List.of()), Map.of()).setOut(new PrintWriter(outWriter, true))
        .setErr(new PrintWriter(errWriter, true)).execute(arguments);
    out = outWriter.toString();
    err = errWriter.toString();
    return exit;
  }
}
