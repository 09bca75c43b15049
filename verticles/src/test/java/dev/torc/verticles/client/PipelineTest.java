package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.RespClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of one connection, sent in one breath. */
class PipelineTest {
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
    client.ask("FLUSHALL");
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void answersLeaveInTheOrderOfTheirRequestsHoweverLongEachTakes() {
    assertThat(client.askAll("SET a 1", "PING", "GET a", "DBSIZE", "ECHO x", "NOSUCH", "MGET a b", "TIME", "GET"))
        .element(7).asString().startsWith("['");
    assertThat(client.askAll("SET a 1", "PING", "GET a", "DBSIZE", "ECHO x", "NOSUCH", "MGET a b", "GET"))
        .containsExactly("+OK", "+PONG", "'1'", ":1", "'x'",
            "-ERR unknown command 'NOSUCH', with args beginning with: ",
            "['1', nil]", "-ERR wrong number of arguments for 'get' command");
  }

  @Test
  void manyMoreCommandsThanMayBeUnderWayAreAllAnsweredInOrder() {
    var commands = new ArrayList<String>();
    var expected = new ArrayList<String>();
    for (int i = 0; i < 5_000; i++) {
      commands.add("SET k" + i % 100 + " " + i);
      expected.add("+OK");
      commands.add(i % 2 == 0 ? "GET k" + i % 100 : "ECHO " + i);
      expected.add("'" + i + "'");
    }
    assertThat(client.askAll(commands.toArray(String[]::new))).isEqualTo(expected);
  }

  @Test
  void anyNumberOfInstantCommandsMayWaitBehindASlowOne() {
    var commands = new ArrayList<>(List.of("KV.SIZE"));
    for (int i = 0; i < 3_000; i++) {
      commands.add("CLUSTER KEYSLOT a");
    }
    assertThat(client.askAll(commands.toArray(String[]::new)).subList(1, 3_001)).containsOnly(":15495");
  }

  @Test
  void commandsThatComeByteByByteAreAnsweredAlike() {
    for (char each : "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$2\r\n\r\n\r\nGET a\r\n".toCharArray()) {
      client.sendRaw(String.valueOf(each));
    }
    assertThat(client.read(2)).containsExactly("+OK", "'\r\n'");
  }

  @Test
  void helloInTheMiddleChangesOnlyLaterReplies() {
    var replies = client.askAll("GET none", "CONFIG GET port", "HELLO 3", "GET none", "CONFIG GET port", "HELLO 2",
        "GET none");
    assertThat(replies.get(0)).isEqualTo("nil");
    assertThat(replies.get(1)).startsWith("['port', ");
    assertThat(replies.get(2)).startsWith("{'server', 'redis', 'version', '7.2.4', 'proto', :3, 'id', :");
    assertThat(replies.get(3)).isEqualTo("null");
    assertThat(replies.get(4)).startsWith("{'port', ");
    assertThat(replies.get(5)).startsWith("['server', ").contains("'proto', :2");
    assertThat(replies.get(6)).isEqualTo("nil");
  }

  @Test
  void replyOffSilencesEverythingUntilItIsOnAgain() {
    client.send("SET a 1", "CLIENT REPLY OFF", "SET a 2", "PING", "NOSUCH", "CLIENT REPLY ON", "GET a");
    assertThat(client.read(3)).containsExactly("+OK", "+OK", "'2'");
  }

  @Test
  void replySkipSilencesItselfAndTheNextCommandOnly() {
    client.send("CLIENT REPLY SKIP", "SET a 2", "GET a", "CLIENT REPLY SKIP", "PING", "PING");
    assertThat(client.read(2)).containsExactly("'2'", "+PONG");
  }

  @Test
  void replySkipDoesNotEndReplyOff() {
    client.send("CLIENT REPLY OFF", "CLIENT REPLY SKIP", "PING", "PING", "CLIENT REPLY ON");
    assertThat(client.askAll("ECHO x")).containsExactly("+OK");
    assertThat(client.read()).isEqualTo("'x'");
  }

  @Test
  void quitAnswersWhatCameBeforeAndDropsTheRest() {
    client.send("SET a 1", "GET a", "QUIT", "SET a 2", "PING");
    assertThat(client.read(3)).containsExactly("+OK", "'1'", "+OK");
    assertThat(client.isAtEnd()).isTrue();
    try (var other = node.connect()) {
      assertThat(other.ask("GET a")).isEqualTo("'1'");
    }
  }

  @Test
  void aProtocolErrorIsAnsweredBehindEarlierCommandsAndThenCloses() {
    client.send("SET a 1", "GET a", "DBSIZE");
    client.sendRaw("*1\r\nfoo\r\n");
    assertThat(client.read(4)).containsExactly("+OK", "'1'", ":1", "-ERR Protocol error: expected '$', got 'f'");
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void whatALengthAnnouncesIsRefusedBeforeItComes() {
    client.sendRaw("*2\r\n$3\r\nGET\r\n$1000000000\r\n");
    assertThat(client.read()).isEqualTo("-ERR Protocol error: invalid bulk length");
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void aBrowserIsSentAwayWithoutAWord() {
    client.sendRaw("POST / HTTP/1.1\r\nHost: torc\r\n\r\n");
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void emptyCommandsAreIgnored() {
    client.sendRaw("\r\n*0\r\n*-1\r\nPING\r\n");
    assertThat(client.read()).isEqualTo("+PONG");
  }
}
