package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.resp.RespSocket;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node has little memory, and clients may ask for more than that. */
class MemoryTest {
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start("memory", 3);
  }

  @AfterAll
  static void stop() {
    cluster.close();
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
