package dev.torc.verticles.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.config.NodeConfig;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node starts, does not start, and leaves things behind. */
class NodeStartTest {
  @TempDir
  Path directory;

  @Test
  void whatWasWrittenIsThereAfterARestartInTheSameDirectory() {
    String id;
    try (var node = OneNode.start(directory); var client = node.connect()) {
      id = client.ask("CLUSTER MYID");
      assertThat(client.askAll("SET a 1", "SET b 2 PXAT 33177117420000", "DEL a")).containsExactly("+OK", "+OK", ":1");
    }
    for (int restart = 0; restart < 2; restart++) {
      try (var node = OneNode.start(directory); var client = node.connect()) {
        assertThat(
            client.askAll("GET a", "GET b", "PEXPIRETIME b", "CLUSTER MYID", "SET a " + restart, "GET a", "DEL a"))
            .containsExactly("nil", "'2'", ":33177117420000", id, "+OK", "'" + restart + "'", ":1");
      }
    }
  }

  @Test
  void aPortInUseIsSaidInALineAndNothingStaysOpen() throws Exception {
    var config = OneNode.config(directory, Map.of());
    for (int port : new int[] {config.client().port(), config.peer().port(), config.httpPort()}) {
      try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(taken.isBound()).isTrue();
        assertThat(failureLine(config)).contains("port " + port + " (").contains("is in use by another process");
      }
    }
    assertStartsAndServes(config);
  }

  @Test
  void aGossipPortInUseIsSaidInALineAndNothingStaysOpen() throws Exception {
    var config = OneNode.config(directory, Map.of());
    try (var taken = new DatagramSocket(config.peer().port(), InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThat(failureLine(config)).contains("port " + config.peer().port() + " (gossip)");
    }
    assertStartsAndServes(config);
  }

  @Test
  void aDirectoryInUseIsSaidInALineAndItsUserIsNotDisturbed() {
    try (var node = OneNode.start(directory); var client = node.connect()) {
      var config = OneNode.config(directory, Map.of());
      assertThat(failureLine(config)).isEqualTo("data directory " + directory + " is in use by another process");
      assertThat(client.askAll("SET a 1", "GET a")).containsExactly("+OK", "'1'");
    }
  }

  @Test
  void aDirectoryThatIsAFileIsSaidInALine() throws Exception {
    var file = Files.writeString(directory.resolve("file"), "x");
    assertThat(failureLine(OneNode.config(file, Map.of()))).startsWith("data directory " + file + " cannot be used");
  }

  @Test
  void anAddressOfAnotherMachineIsSaidInALine() {
    var config = OneNode.config(directory, Map.of("bind", "192.0.2.1"));
    assertThat(failureLine(config)).startsWith("cannot listen on ").contains("192.0.2.1");
  }

  @Test
  void aReadMayAskFurtherReplicasAtOnce() {
    assertStartsAndServes(OneNode.config(directory, Map.of("request.speculate-after", "0")));
  }

  private static void assertStartsAndServes(NodeConfig config) {
    try (var node = OneNode.start(config); var client = node.connect()) {
      assertThat(client.askAll("SET a 1", "GET a")).containsExactly("+OK", "'1'");
    }
  }

  private static String failureLine(NodeConfig config) {
    var failure = catchThrowable(() -> OneNode.start(config).close());
    assertThat(failure).isNotNull();
    var line = StartFailure.line(failure, config);
    assertThat(line).as("of %s", failure).isPresent();
    assertThat(line.get()).hasLineCount(1);
    return line.get();
  }
}
