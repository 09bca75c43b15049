package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.RespClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCommandsTest {
  @TempDir
  static Path directory;

  private static OneNode node;
  private RespClient client;

  @BeforeAll
  static void start() {
    node = OneNode.start(directory);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void connect() {
    client = node.connect();
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void aNameIsKeptAndListed() {
    assertThat(client.askAll("CLIENT GETNAME", "CLIENT SETNAME me", "CLIENT GETNAME", "CLIENT SETINFO LIB-NAME lettuce",
        "CLIENT SETINFO lib-ver 7.7", "CLIENT SETINFO COLOUR red"))
        .containsExactly("nil", "+OK", "'me'", "+OK", "+OK", "-ERR Unrecognized option 'COLOUR'");
    assertThat(client.ask("CLIENT INFO")).startsWith("'id=").contains(" addr=127.0.0.1:" + client.localPort() + " ")
        .contains(" laddr=127.0.0.1:" + node.config().client().port() + " ")
        .contains(" name=me ", " resp=2 ", " lib-name=lettuce ", " lib-ver=7.7", " cmd=client", " db=0 ")
        .endsWith("\n'");
  }

  @Test
  void theListHasALineForEachClient() {
    try (var other = node.connect()) {
      String id = other.ask("CLIENT ID").substring(1);
      assertThat(client.ask("CLIENT LIST").lines().filter(line -> line.contains("addr=127.0.0.1:" + other.localPort())))
          .hasSize(1);
      assertThat(client.ask("CLIENT LIST ID " + id)).startsWith("'id=" + id + " ").hasLineCount(2);
      assertThat(client.ask("CLIENT LIST TYPE pubsub")).isEqualTo("''");
    }
  }

  @Test
  void aKilledClientIsClosed() {
    try (var other = node.connect()) {
      String id = other.ask("CLIENT ID").substring(1);
      assertThat(client.ask("CLIENT KILL ID " + id)).isEqualTo(":1");
      assertThat(other.isAtEnd()).isTrue();
      assertThat(client.ask("CLIENT KILL ADDR 127.0.0.1:1")).isEqualTo(":0");
      assertThat(client.ask("CLIENT KILL 127.0.0.1:1")).isEqualTo("-ERR No such client");
    }
  }

  @Test
  void aClientSparesItselfUnlessItSaysOtherwiseAndThenReadsTheAnswer() {
    String id = client.ask("CLIENT ID").substring(1);
    assertThat(client.ask("CLIENT KILL ID " + id)).isEqualTo(":0");
    assertThat(client.ask("CLIENT KILL ID " + id + " SKIPME no")).isEqualTo(":1");
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void resetForgetsWhatTheClientChose() {
    client.ask("HELLO 3 SETNAME me");
    assertThat(client.ask("GET none-such")).isEqualTo("null");
    assertThat(client.askAll("READONLY", "RESET", "CLIENT GETNAME", "GET none-such"))
        .containsExactly("+OK", "+RESET", "nil", "nil");
  }

  @Test
  void authIsAnsweredAsByARedisWithoutAPassword() {
    assertThat(client.askAll("AUTH secret", "AUTH default secret", "AUTH somebody secret", "HELLO 3 AUTH somebody x",
        "HELLO 4", "HELLO x", "GET none-such"))
        .containsExactly("-ERR AUTH <password> called without any password configured for the default user. "
            + "Are you sure your configuration is correct?", "+OK",
            "-WRONGPASS invalid username-password pair or user is disabled.",
            "-WRONGPASS invalid username-password pair or user is disabled.", "-NOPROTO unsupported protocol version",
            "-ERR Protocol version is not an integer or out of range", "nil");
  }

  @Test
  void thereIsOneDatabase() {
    assertThat(client.askAll("SELECT 0", "SELECT 1", "SELECT -1", "SELECT x"))
        .containsExactly("+OK", "-ERR SELECT is not allowed in cluster mode", "-ERR DB index is out of range",
            "-ERR value is not an integer or out of range");
  }

  @Test
  void whatClientsSayOnConnectingIsUnderstood() {
    assertThat(client.askAll("READONLY", "READWRITE", "ASKING", "CLIENT NO-EVICT on", "CLIENT NO-TOUCH on",
        "CLIENT TRACKING off", "PING", "PING hello", "ECHO hello", "PUBSUB NUMPAT", "FUNCTION FLUSH"))
        .containsExactly("+OK", "+OK", "+OK", "+OK", "+OK", "+OK", "+PONG", "'hello'", "'hello'", ":0", "+OK");
  }
}
