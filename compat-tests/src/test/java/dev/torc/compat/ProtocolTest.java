package dev.torc.compat;

import static dev.torc.compat.resp.RespSocket.command;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.SharedCluster;
import dev.torc.compat.resp.RespSocket;
import dev.torc.compat.resp.RespSocket.ErrorReply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wire, to the letter. */
@ExtendWith(SharedCluster.class)
class ProtocolTest {
  private RespSocket socket;

  @BeforeEach
  void connect() {
    socket = SharedCluster.get().connect(0);
  }

  @AfterEach
  void close() {
    socket.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"*abc~|invalid multibulk length",
      "*+1~|invalid multibulk length",
      "*01~|invalid multibulk length", "*1048577~|invalid multibulk length", "*1~$-1~|invalid bulk length",
      "*3~$3~SET~$1~k~$10485761~|invalid bulk length", "*1~foo~|expected '$', got 'f'",
      "set 'a~|unbalanced quotes in request", "get \"a~|unbalanced quotes in request"})
  void garbageIsAnsweredAndThenTheConnectionCloses(String sent, String text) {
    socket.send(sent.replace("~", "\r\n"));
    assertThat(socket.readError()).isEqualTo("ERR Protocol error: " + text);
    assertThat(socket.isClosedByServer()).isTrue();
  }

  @Test
  void lengthsAndLinesThatNeverEndAreGarbage() {
    assertGarbage("*" + "1".repeat(70_000), "too big mbulk count string");
    assertGarbage("*1\r\n$" + "1".repeat(70_000), "too big bulk count string");
    assertGarbage("a".repeat(70_000), "too big inline request");
  }

  private static void assertGarbage(String sent, String text) {
    try (var fresh = SharedCluster.get().connect(0)) {
      fresh.send(sent);
      assertThat(fresh.readError()).isEqualTo("ERR Protocol error: " + text);
    }
  }

  @Test
  void garbageWaitsForTheAnswersOfEarlierCommands() {
    socket.send(command("SET", "wire:g", "1") + command("GET", "wire:g") + "*x\r\n" + command("PING"));
    assertThat(List.of(socket.read(), socket.read(), socket.readError()))
        .isEqualTo(List.of("OK", "1", "ERR Protocol error: invalid multibulk length"));
    assertThat(socket.isClosedByServer()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"POST / HTTP/1.1", "Host: localhost"})
  void anHttpRequestIsClosedWithoutAWord(String line) {
    socket.send(line + "\r\n");
    assertThat(socket.isClosedByServer()).isTrue();
  }

  @Test
  void inlineCommandsAreCommands() {
    socket.send("\r\n*0\r\n*-1\r\nPING\r\nset wire:i \"a \\x41\\n\"\r\nget 'wire:i'\nECHO  b \r\n");
    assertThat(List.of(socket.read(), socket.read(), socket.read(), socket.read()))
        .isEqualTo(List.of("PONG", "OK", "a A\n", "b"));
  }

  @Test
  void helloChangesTheProtocolInTheMiddleOfAPipeline() throws IOException {
    String get = command("GET", "wire:none");
    socket.send(get + command("HELLO", "3") + get + command("HELLO", "2") + get);
    assertThat(socket.line()).isEqualTo("$-1");
    assertThat(socket.line()).isEqualTo("%7");
    for (int i = 0; i < 13; i++) {
      socket.read();
    }
    assertThat(socket.read()).isEqualTo(List.of());
    assertThat(socket.line()).isEqualTo("_");
    assertThat(socket.line()).isEqualTo("*14");
    for (int i = 0; i < 14; i++) {
      socket.read();
    }
    assertThat(socket.line()).isEqualTo("$-1");
  }

  @Test
  void aProtocolThatDoesNotExistIsRefusedAndChangesNothing() {
    assertThat(socket.call("HELLO", "4")).isEqualTo(new ErrorReply("NOPROTO unsupported protocol version"));
    assertThat(socket.call("HELLO", "x"))
        .isEqualTo(new ErrorReply("ERR Protocol version is not an integer or out of range"));
    assertThat(socket.call("PING")).isEqualTo("PONG");
  }

  @Test
  void quitAnswersAndDropsTheRest() {
    socket.send(command("PING") + command("QUIT") + command("SET", "wire:q", "1"));
    assertThat(socket.read()).isEqualTo("PONG");
    assertThat(socket.read()).isEqualTo("OK");
    assertThat(socket.isClosedByServer()).isTrue();
    try (var other = SharedCluster.get().connect(0)) {
      assertThat(other.call("EXISTS", "wire:q")).isEqualTo(0L);
    }
  }

  @Test
  void aCommandMayComeInAnyPieces() {
    String whole = command("SET", "wire:h", "half") + command("GET", "wire:h");
    for (char c : whole.toCharArray()) {
      socket.send(String.valueOf(c));
    }
    assertThat(socket.read()).isEqualTo("OK");
    assertThat(socket.read()).isEqualTo("half");
  }

  @Test
  void aHalfSentCommandHoldsUpNobodyElseAndLeavesNothing() {
    socket.send("*3\r\n$3\r\nSET\r\n$9\r\nwire:half\r\n$100\r\nabc");
    try (var other = SharedCluster.get().connect(0)) {
      assertThat(other.call("PING")).isEqualTo("PONG");
      socket.close();
      assertThat(other.call("EXISTS", "wire:half")).isEqualTo(0L);
    }
  }

  @Test
  void aTooLargeValueIsRefusedAtItsHeader() {
    socket.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$10485761\r\n");
    assertThat(socket.readError()).isEqualTo("ERR Protocol error: invalid bulk length");
  }

  @Test
  void aTooLongKeyIsRefusedAndTheConnectionGoesOn() {
    assertThat(socket.call("SET", "k".repeat(1_025), "v"))
        .isEqualTo(new ErrorReply("ERR key of 1025 bytes is longer than the 1024 allowed"));
    assertThat(socket.call("SET", "k".repeat(1_024), "v")).isEqualTo("OK");
    assertThat(socket.call("DEL", "k".repeat(1_024))).isEqualTo(1L);
  }

  @Test
  void replySkipKeepsOneAnswerBackAndReplyOffAllUntilOn() {
    socket.send(command("CLIENT", "REPLY", "SKIP") + command("SET", "wire:s", "1") + command("GET", "wire:s"));
    assertThat(socket.read()).isEqualTo("1");
    socket.send(command("CLIENT", "REPLY", "OFF") + command("SET", "wire:s", "2") + command("GET", "wire:s")
        + command("CLIENT", "REPLY", "ON") + command("GET", "wire:s"));
    assertThat(socket.read()).isEqualTo("OK");
    assertThat(socket.read()).isEqualTo("2");
  }

  @Test
  void aClientIsListedByItsNameAndKilledByItsId() {
    try (var other = SharedCluster.get().connect(0)) {
      long id = (Long) other.call("CLIENT", "ID");
      other.call("CLIENT", "SETNAME", "victim");
      assertThat(socket.call("CLIENT", "LIST").toString()).contains("id=" + id + " ", "name=victim ",
          "addr=" + other.localAddress());
      assertThat(socket.call("CLIENT", "KILL", "ID", Long.toString(id))).isEqualTo(1L);
      assertThat(other.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '`', value = {
      "FOO a b~ERR unknown command 'FOO', with args beginning with: 'a' 'b' ",
      "GET~ERR wrong number of arguments for 'get' command",
      "CONFIG GET~ERR wrong number of arguments for 'config|get' command",
      "CLIENT FOO~ERR unknown subcommand 'FOO'. Try CLIENT HELP.", "SET a b XY~ERR syntax error",
      "SET a b EX 0~ERR invalid expire time in 'set' command",
      "SET a b EX x~ERR value is not an integer or out of range",
      "SELECT 1~ERR SELECT is not allowed in cluster mode", "SCAN x~ERR invalid cursor"})
  void aCommandThatIsWrongIsRefusedInRedisWords(String line, String text) {
    assertThat(socket.call(line.split(" "))).isEqualTo(new ErrorReply(text));
  }
}
