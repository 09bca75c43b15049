package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.resp.KvReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deletions that are old enough to be forgotten, while a node is away that still has what they deleted. */
class ReapingTest {
  private static final int KEYS = 100;
  private static final Duration GRACE = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The least that is allowed with these: three requests and twice what clocks may differ. */
  private static final String[] SETTINGS = {"reaping.grace=8s", "reaping.interval=1s", "request.max-timeout=2s",
      "clock.max-skew=1s", "antientropy.interval=1s"};

  @Test
  void nothingIsForgottenWhileANodeIsAwayAllIsOnceItIsBackAndNothingReturns() {
    try (var cluster = Cluster.start("reaping", 3, SETTINGS)) {
      setAll(cluster, "there");
      setAll(cluster, "away");
      deleteAll(cluster, "there");
      Eventually.that("what was deleted with all there is forgotten", PATIENCE,
          () -> reaped(cluster, 0) + reaped(cluster, 1) + reaped(cluster, 2) >= KEYS);
      cluster.kill(2);
      long before = reaped(cluster, 0) + reaped(cluster, 1);
      deleteAll(cluster, "away");
      Eventually.pass(GRACE.plusSeconds(6));
      assertThat(reaped(cluster, 0) + reaped(cluster, 1)).isEqualTo(before);

      cluster.up();
      Eventually.that("what was deleted meanwhile is forgotten", PATIENCE,
          () -> reaped(cluster, 0) + reaped(cluster, 1) + reaped(cluster, 2) >= before + KEYS);
      for (int node = 0; node < 3; node++) {
        for (var level : List.of("ONE", "ALL")) {
          assertThat(there(cluster, node, "away", level)).as("at %s through node %d", level, node).isEmpty();
          assertThat(there(cluster, node, "there", level)).as("at %s through node %d", level, node).isEmpty();
        }
      }
    }
  }

  private static void setAll(Cluster cluster, String prefix) {
    try (var socket = cluster.connect(0)) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(KvReply.call(socket, "KV.SET", prefix + i, "old", "LEVEL", "ALL").fields())
            .containsKey("context");
      }
    }
  }

  private static void deleteAll(Cluster cluster, String prefix) {
    try (var socket = cluster.connect(0)) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(socket.call("DEL", prefix + i)).isEqualTo(1L);
      }
    }
  }

  private static List<String> there(Cluster cluster, int node, String prefix, String level) {
    var there = new ArrayList<String>();
    try (var socket = cluster.connect(node)) {
      for (int i = 0; i < KEYS; i++) {
        var found = KvReply.call(socket, "KV.GET", prefix + i, "LEVEL", level);
        if (found.value() != null) {
          there.add(prefix + i + " is " + found.value());
        }
      }
    }
    return there;
  }

  private static long reaped(Cluster cluster, int node) {
    try (var socket = cluster.connect(node)) {
      return socket.call("INFO", "consistency").toString().lines().filter(line -> line.startsWith("reaped:"))
          .mapToLong(line -> Long.parseLong(line.substring("reaped:".length()).strip())).findFirst().orElseThrow();
    }
  }
}
