package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionLimitsTest {
  @TempDir
  Path directory;

  @Test
  void aHalfSentCommandClosesItsConnectionInTimeAndNoOther() {
    try (var node = OneNode.start(directory, Map.of("client.command-timeout", "50 ms"));
        var slow = node.connect();
        var quiet = node.connect()) {
      quiet.ask("PING");
      slow.sendRaw("*2\r\n$3\r\nGET\r\n$3\r\na");
      assertThat(slow.isAtEnd()).isTrue();
      assertThat(quiet.ask("PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void withoutACommandTimeoutAHalfSentCommandMayTakeItsTime() {
    try (var node = OneNode.start(directory, Map.of("client.command-timeout", "0", "client.idle-timeout", "1 ms"));
        var slow = node.connect();
        var idle = node.connect()) {
      slow.sendRaw("*1\r\n$4\r\nPI");
      assertThat(idle.isAtEnd()).as("a tick has passed").isTrue();
    }
  }

  @Test
  void aSilentConnectionIsClosedAfterTheIdleTimeout() {
    try (var node = OneNode.start(directory, Map.of("client.idle-timeout", "50 ms")); var client = node.connect()) {
      assertThat(client.ask("PING")).isEqualTo("+PONG");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void whoIsStillSendingWhatWasRefusedReadsWhyBeforeTheEnd() {
    try (var node = OneNode.start(directory, Map.of("client.max-bulk", "1 MiB")); var client = node.connect()) {
      client.sendRaw("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$8388608\r\n" + "v".repeat(8 << 20));
      assertThat(client.read()).isEqualTo("-ERR Protocol error: invalid bulk length");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void oneClientTooManyIsToldSoAndItsPlaceIsFreeAgainLater() {
    try (var node = OneNode.start(directory, Map.of("client.max-clients", "2")); var first = node.connect()) {
      assertThat(first.ask("PING")).isEqualTo("+PONG");
      try (var second = node.connect()) {
        assertThat(second.ask("PING")).isEqualTo("+PONG");
        try (var third = node.connect()) {
          assertThat(third.read()).isEqualTo("-ERR max number of clients reached");
          assertThat(third.isAtEnd()).isTrue();
        }
        assertThat(first.ask("INFO stats")).contains("rejected_connections:1").contains("total_connections_received:2");
        second.ask("QUIT");
        assertThat(second.isAtEnd()).isTrue();
      }
      assertThat(first.ask("CONFIG SET maxclients 3")).isEqualTo("+OK");
      try (var again = node.connect()) {
        assertThat(again.ask("PING")).isEqualTo("+PONG");
      }
    }
  }

  @Test
  void aClientThatReadsNothingIsReadNoFurtherAndEverythingComesOnceItReads() {
    var keys = Map.of("client.output-pause", "64 KiB", "client.output-limit", "64 MiB", "client.max-pipelined", "8");
    try (var node = OneNode.start(directory, keys); var client = node.connect(); var other = node.connect()) {
      client.ask("SET big " + "v".repeat(1 << 20));
      for (int i = 0; i < 40; i++) {
        client.send("GET big");
      }
      client.send("SET after 1");
      assertThat(other.askAll("PING", "GET after")).as("what follows is not read yet").containsExactly("+PONG", "nil");
      for (int i = 0; i < 40; i++) {
        assertThat(client.read()).hasSize((1 << 20) + 2);
      }
      assertThat(client.read()).isEqualTo("+OK");
      assertThat(other.ask("GET after")).isEqualTo("'1'");
    }
  }
}
