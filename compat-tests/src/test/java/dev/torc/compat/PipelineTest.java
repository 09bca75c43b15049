package dev.torc.compat;

import static dev.torc.compat.resp.RespSocket.command;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.SharedCluster;
import dev.torc.compat.resp.RespSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many commands at once, on one connection and on many. */
@ExtendWith(SharedCluster.class)
class PipelineTest {
  private static final long MEBIBYTE = 1L << 20;

  /** 40 keys over all nodes, so that for most of them the node is not the primary. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aPipelinedGetSeesTheSetBeforeIt(int node) {
    var random = new Random(node);
    var sent = new StringBuilder();
    var expected = new ArrayList<Object>();
    for (int i = 0; i < 10_000; i++) {
      String key = "order:" + random.nextInt(40);
      sent.append(command("SET", key, "v" + i)).append(command("GET", key));
      expected.add("OK");
      expected.add("v" + i);
    }
    try (var socket = SharedCluster.get().connect(node)) {
      var sending = CompletableFuture.runAsync(() -> socket.send(sent.toString()));
      var found = new ArrayList<Object>();
      for (int i = 0; i < expected.size(); i++) {
        found.add(socket.read());
      }
      sending.join();
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void aMultiKeyCommandWaitsItsTurnInAPipeline() {
    var sent = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      sent.append(command("MSET", "turn:a", "a" + i, "turn:b", "b" + i)).append(command("MGET", "turn:b", "turn:a"));
    }
    try (var socket = SharedCluster.get().connect(0)) {
      var sending = CompletableFuture.runAsync(() -> socket.send(sent.toString()));
      for (int i = 0; i < 500; i++) {
        assertThat(socket.read()).isEqualTo("OK");
        assertThat(socket.read()).asString().isEqualTo("[b" + i + ", a" + i + "]");
      }
      sending.join();
    }
  }

  @Test
  void aThousandIdleConnectionsCostLittleAndAllAreAlive() {
    var cluster = SharedCluster.get();
    long before = cluster.residentBytes(0);
    var sockets = new ArrayList<RespSocket>();
    try {
      for (int i = 0; i < 1_000; i++) {
        sockets.add(cluster.connect(0));
      }
      sockets.forEach(socket -> assertThat(socket.call("PING")).isEqualTo("PONG"));
      assertThat(cluster.residentBytes(0) - before).isLessThan(150 * MEBIBYTE);
    } finally {
      sockets.forEach(RespSocket::close);
    }
    awaitFewClients();
  }

  /** It asks for 2 GB in all and reads none of it. */
  @Test
  void aClientThatNeverReadsIsPausedAndBounded() {
    var cluster = SharedCluster.get();
    try (var greedy = cluster.connect(0); var other = cluster.connect(0)) {
      assertThat(other.call("SET", "slow:big", "x".repeat(1 << 20))).isEqualTo("OK");
      greedy.send(command("GET", "slow:big").repeat(2_000));
      long most = 0;
      for (int i = 0; i < 3_000; i++) {
        assertThat(other.call("PING")).isEqualTo("PONG");
        most = Math.max(most, cluster.residentBytes(0));
      }
      assertThat(most).isLessThan(1_024 * MEBIBYTE);
      assertThat(other.call("CLIENT", "LIST").toString()).contains("addr=" + greedy.localAddress());
      other.call("DEL", "slow:big");
    }
  }

  private static void awaitFewClients() {
    Eventually.that("closed connections are forgotten", Duration.ofSeconds(10), () -> {
      try (var socket = SharedCluster.get().connect(0)) {
        return socket.call("INFO", "clients").toString().matches("(?s).*connected_clients:\\d{1,2}\r.*");
      }
    });
  }
}
