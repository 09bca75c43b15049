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

class SessionCommandsTest {
  private static final String NONE_OPEN = "-ERR no session is open, KV.SESSION BEGIN opens one";

  @TempDir
  static Path directory;

  private static OneNode node;
  private RespClient client;

  @BeforeAll
  static void start() {
    node = OneNode.start(directory.resolve("node"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void connect() {
    client = node.connect();
    assertThat(client.ask("FLUSHALL")).isEqualTo("+OK");
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void allCommandsTakePartInASessionAndAnswerAsEver() {
    assertThat(client.askAll("KV.SESSION BEGIN", "SET a 1", "GET a", "SET a 2", "INCR a", "GET a", "MSET b 1 c 2",
        "MGET a b c", "DEL a b", "EXISTS a b c", "SET c 3 KEEPTTL", "GETDEL c", "KV.SESSION END"))
        .containsExactly("+OK", "+OK", "'1'", "+OK", ":3", "'3'", "+OK", "['3', '1', '2']", ":2", ":1", "+OK", "'3'",
            "+OK");
  }

  @Test
  void atLevelsBelowAQuorumStrongOperationsStillSeeWhatTheSessionWrote() {
    assertThat(client.askAll("KV.LEVEL READ one WRITE one", "KV.SESSION BEGIN", "SET n 1", "INCR n", "SET n 5",
        "INCRBY n 2", "KV.LEVEL READ strong", "GET n"))
        .containsExactly("+OK", "+OK", "+OK", ":2", "+OK", ":7", "+OK", "'7'");
  }

  @Test
  void aTokenWaitsForWhatCameBeforeItAndIsResumedElsewhere() {
    client.send("KV.SESSION BEGIN", "SET a 1", "INCR a", "KV.SESSION TOKEN");
    var token = client.read(4).get(3);
    assertThat(token).matches("'[A-Za-z0-9_-]+'");
    try (var other = node.connect()) {
      assertThat(other.askAll("KV.SESSION RESUME " + token.replace("'", ""), "GET a", "KV.SESSION END", "GET a"))
          .containsExactly("+OK", "'2'", "+OK", "'2'");
    }
  }

  @Test
  void withoutASessionThereIsNoTokenAndNothingToEnd() {
    assertThat(client.askAll("KV.SESSION TOKEN", "KV.SESSION END", "KV.SESSION BEGIN", "KV.SESSION BEGIN", "RESET",
        "KV.SESSION END")).containsExactly(NONE_OPEN, NONE_OPEN, "+OK", "+OK", "+RESET", NONE_OPEN);
  }

  @Test
  void whatIsNoTokenResumesNothing() {
    var reply = client.ask("KV.SET a 1");
    var context = reply.split("'")[3];
    assertThat(client.askAll("KV.SESSION RESUME " + context, "KV.SESSION RESUME $", "KV.SESSION RESUME AAAA",
        "KV.SESSION END"))
        .containsExactly("-BADCONTEXT this is a context, wanted is a session token", "-BADCONTEXT not base64url",
            "-BADCONTEXT the session token is cut off", NONE_OPEN);
  }

  @Test
  void moreKeysThanASessionRemembersAreReadAndWritten() {
    client.ask("KV.SESSION BEGIN");
    for (int i = 0; i < 200; i++) {
      assertThat(client.ask("SET key" + i + " " + i)).isEqualTo("+OK");
    }
    for (int i = 0; i < 200; i++) {
      assertThat(client.ask("GET key" + i)).isEqualTo("'" + i + "'");
    }
    assertThat(client.ask("KV.SESSION TOKEN").length()).isLessThan(8 * 1024);
  }

  @Test
  void aContextOfTheClientsOwnAndTheSessionsGoTogether() {
    client.ask("KV.SESSION BEGIN");
    var first = client.ask("KV.SET a 1").split("'")[3];
    client.ask("SET a 2");
    client.ask("KV.SET a 3 CONTEXT " + first);
    assertThat(client.ask("KV.GET a")).contains("'siblings', [['value', '3'").doesNotContain("'value', '2'");
  }
}
