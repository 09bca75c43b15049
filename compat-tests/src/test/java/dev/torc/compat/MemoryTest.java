package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.resp.RespSocket;
import dev.torc.compat.resp.RespSocket.ErrorReply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node has little memory, and clients may ask for more than that. */
class MemoryTest {
  private static final int CLIENTS = 50;
  private static final int VALUE_BYTES = 10 * 1024 * 1024;

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start("memory", 3);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** 500 MB come at one node at once, and go out to two others. A refusal must be a clear one; a client that is cut off is none. */
  @Test
  void fiftyClientsWithTenMegabytesEachAreAnsweredAndTheNodeServesOn() {
    byte[] value = new byte[VALUE_BYTES];
    var answers = new ArrayList<Object>();
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      var writes = new ArrayList<CompletableFuture<Object>>();
      for (int i = 0; i < CLIENTS; i++) {
        String key = "mem:" + i;
        writes.add(CompletableFuture.supplyAsync(() -> write(key, value), threads));
      }
      writes.forEach(write -> answers.add(write.join()));
    }
    assertThat(answers).allMatch(MemoryTest::isClear);
    assertServesOn();
  }

  private static Object write(String key, byte[] value) {
    try (var socket = cluster.connect(0)) {
      socket.send("*3\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n$" + value.length + "\r\n");
      socket.send(value).send("\r\n");
      return socket.read();
    } catch (UncheckedIOException cut) {
      return cut;
    }
  }

  private static boolean isClear(Object answer) {
    return "OK".equals(answer) || answer instanceof ErrorReply error
        && List.of("BUSY", "UNCERTAIN", "NOREPLICAS").contains(error.text().split(" ")[0]);
  }

  private static void assertServesOn() {
    for (int node = 0; node < 3; node++) {
      int asked = node;
      assertThat(cluster.log(node)).doesNotContain("OutOfMemory");
      Eventually.that("node " + node + " serves", Duration.ofSeconds(20), () -> {
        try (var socket = cluster.connect(asked)) {
          return "OK".equals(socket.call("SET", "mem:after", "1")) && "1".equals(socket.call("GET", "mem:after"));
        }
      });
    }
  }

  @Test
  void fiveThousandConnectionsAreServed() {
    var sockets = new ArrayList<RespSocket>();
    try {
      for (int i = 0; i < 5_000; i++) {
        sockets.add(cluster.connect(1));
      }
      for (int i = 0; i < sockets.size(); i++) {
        sockets.get(i).send(RespSocket.command("SET", "conn:" + i, "v" + i));
      }
      sockets.forEach(socket -> assertThat(socket.read()).isEqualTo("OK"));
    } finally {
      sockets.forEach(RespSocket::close);
    }
    assertServesOn();
  }
}
