package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.RespClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBoundTest {
  private static final int MIB = 1 << 20;
  private static final String HALF = "v".repeat(MIB / 2);
  private static final int CLIENTS = 20;

  @TempDir
  Path directory;

  private OneNode node;
  private RespClient watcher;
  private final List<RespClient> clients = new ArrayList<>();

  @BeforeEach
  void start() {
    node = OneNode.start(directory, Map.of("client.max-bulk", "1 MiB", "client.input-limit", "8 MiB",
        "client.reply-limit", "3 MiB", "client.output-pause", "64 KiB"));
    watcher = node.connect();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(node.connect());
    }
  }

  @AfterEach
  void stop() {
    clients.forEach(RespClient::close);
    watcher.close();
    node.close();
  }

  @Test
  void manyHalfSentValuesHoldTheBudgetAtMostAndAllAreWrittenInTheEnd() {
    for (int i = 0; i < CLIENTS; i++) {
      clients.get(i).sendRaw("*3\r\n$3\r\nSET\r\n$3\r\nk" + (10 + i) + "\r\n$" + MIB + "\r\n" + HALF);
    }
    watch("torc_waiting_commands", waiting -> waiting >= CLIENTS - 2);
    assertThat(figure("torc_held_commands")).isBetween(4L * MIB, 8L * MIB);
    assertThat(watcher.ask("SET small 1")).as("small commands do not wait").isEqualTo("+OK");
    for (var client : clients) {
      client.sendRaw(HALF + "\r\n");
    }
    for (var client : clients) {
      assertThat(client.read()).isEqualTo("+OK");
    }
    watch("torc_held_commands", held -> held == 0);
    assertThat(figure("torc_waiting_commands")).isZero();
  }

  @Test
  void aClientThatLeavesHalfWayGivesBackWhatItHeld() {
    for (var client : clients) {
      client.sendRaw("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + MIB + "\r\n" + HALF);
    }
    watch("torc_waiting_commands", waiting -> waiting >= CLIENTS - 2);
    clients.forEach(RespClient::close);
    watch("torc_held_commands", held -> held == 0);
  }

  @Test
  void aCommandOverHalfTheBudgetIsRefused() {
    var words = new StringBuilder("*11\r\n$4\r\nMSET\r\n");
    for (int i = 0; i < 5; i++) {
      words.append("$1\r\n").append(i).append("\r\n$").append(MIB).append("\r\n").append(HALF).append(HALF)
          .append("\r\n");
    }
    assertThat(clients.getFirst().refusal(words.toString()))
        .isEqualTo("-ERR Protocol error: command of more than 4194304 bytes");
  }

  @Test
  void slowReadersHoldTheBudgetAtMostAndReadEverythingInTheEnd() throws Exception {
    assertThat(watcher.ask("SET big " + HALF + HALF)).isEqualTo("+OK");
    for (var client : clients) {
      for (int i = 0; i < 15; i++) {
        client.send("GET big");
      }
    }
    watch("torc_waiting_replies", waiting -> waiting > 2);
    for (int i = 0; i < 100; i++) {
      assertThat(figure("torc_held_replies")).isLessThanOrEqualTo(4L * MIB + 1024);
    }
    assertThat(watcher.ask("PING")).isEqualTo("+PONG");
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      var read = new ArrayList<Future<?>>();
      clients.forEach(client -> read.add(readers.submit(() -> readAll(client))));
      for (var each : read) {
        each.get();
      }
    }
    watch("torc_held_replies", held -> held == 0);
  }

  private static void readAll(RespClient client) {
    for (int i = 0; i < 15; i++) {
      assertThat(client.read()).hasSize(MIB + 2);
    }
  }

  /** Asks until it is so. */
  private void watch(String name, Predicate<Long> wanted) {
    long tries = 0;
    while (!wanted.test(figure(name))) {
      assertThat(++tries).as(name + " is " + figure(name)).isLessThan(50_000);
    }
  }

  private long figure(String name) {
    var found = Pattern.compile(name + ":(\\d+)").matcher(watcher.ask("INFO memory"));
    assertThat(found.find()).isTrue();
    return Long.parseLong(found.group(1));
  }
}
