package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.history.Counters;
import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.Load;
import dev.torc.compat.process.Torc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was acknowledged is there, whatever happens to the nodes. Every test leaves three nodes that run. */
class DurabilityTest {
  private static final long EXPIRES_AT = 4_102_444_800_123L;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start("durability", 3);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static List<Integer> ports(int... nodes) {
    var ports = new ArrayList<Integer>();
    for (int node : nodes) {
      ports.add(cluster.port(node));
    }
    return ports;
  }

  /** A key may hold a later value than the acknowledged one: that of a write that was under way. */
  private static void assertReadable(Map<String, String> acknowledged, int... nodes) {
    assertThat(acknowledged).isNotEmpty();
    var keys = List.copyOf(acknowledged.keySet());
    for (int node : nodes) {
      try (var socket = cluster.connect(node)) {
        var words = new ArrayList<>(List.of("MGET"));
        words.addAll(keys);
        var values = (List<?>) socket.call(words.toArray(String[]::new));
        for (int i = 0; i < keys.size(); i++) {
          assertThat(values.get(i)).as(keys.get(i) + " through node " + node).isNotNull();
          assertThat(Long.parseLong((String) values.get(i))).as(keys.get(i) + " through node " + node)
              .isGreaterThanOrEqualTo(Long.parseLong(acknowledged.get(keys.get(i))));
        }
      }
    }
  }

  @Test
  void aRestartOfTheWholeClusterKeepsItsData() {
    var load = Load.on("restart", ports(0, 1, 2));
    load.awaitProgress(2_000);
    var acknowledged = load.stop();
    assertThat(load.failures()).isEmpty();
    assertThat(cluster.down().out()).contains("Stopped n1, n2, n3");
    cluster.up();
    assertReadable(acknowledged, 0, 1, 2);
  }

  @Test
  void theDeathOfOneNodeAfterTheOtherFailsNoRequestOfTheOthersLosesNothingAndCountsNothingTwice() {
    try (var counters = Counters.start("count:one:", 6, 3, cluster::connect)) {
      for (int node = 0; node < 3; node++) {
        counters.awaitProgress(300);
        assertOthersGoOnWithout(node);
        counters.awaitProgress(300);
      }
      try (var socket = cluster.connect(2)) {
        counters.assertNothingLost(socket);
      }
    }
  }

  private static void assertOthersGoOnWithout(int dead) {
    int[] others = {(dead + 1) % 3, (dead + 2) % 3};
    var pids = Arrays.stream(others).mapToLong(cluster::pid).toArray();
    var load = Load.on("death:" + dead, ports(others));
    load.awaitProgress(500);
    cluster.kill(dead);
    load.awaitProgress(500);
    var early = load.stop();
    assertThat(load.failures()).isEmpty();
    assertReadable(early, others);
    var missed = Load.on("missed:" + dead, ports(others));
    missed.awaitProgress(500);
    var late = missed.stop();
    assertThat(missed.failures()).isEmpty();
    assertThat(cluster.up().out()).contains("Already running: n", "Starting n" + (dead + 1) + " in");
    assertThat(Arrays.stream(others).mapToLong(cluster::pid).toArray()).isEqualTo(pids);
    assertReadable(early, 0, 1, 2);
    assertReadable(late, dead, others[0], others[1]);
  }

  @Test
  void aNodeThatHangsHoldsUpNoRequestOfTheOthers() {
    long hung = cluster.pid(2);
    var load = Load.on("hang", ports(0, 1));
    load.awaitProgress(1_000);
    Torc.signal("STOP", hung);
    try {
      load.awaitProgress(500);
      Eventually.pass(Duration.ofSeconds(5));
      load.awaitProgress(500);
    } finally {
      Torc.signal("CONT", hung);
    }
    load.awaitProgress(500);
    var acknowledged = load.stop();
    assertThat(load.failures()).isEmpty();
    cluster.awaitAllUp();
    assertReadable(acknowledged, 2, 1, 0);
  }

  @Test
  void theDeathOfAllWhileTheyWriteAndCountLosesNothingAcknowledgedAndNoExpiry() {
    writeExpiries();
    try (var counters = Counters.start("count:all:", 6, 3, cluster::connect)) {
      var load = Load.on("all", ports(0, 1, 2));
      counters.awaitProgress(500);
      load.awaitProgress(2_000);
      for (int node = 0; node < 3; node++) {
        cluster.kill(node);
      }
      var acknowledged = load.stop();
      cluster.up();
      assertReadable(acknowledged, 0, 1, 2);
      assertExpireOnEveryReplica();
      counters.awaitProgress(500);
      try (var socket = cluster.connect(1)) {
        counters.assertNothingLost(socket);
      }
    }
  }

  /** One by all replicas, and one that a replica missed and has from a read repair. */
  private static void writeExpiries() {
    cluster.kill(1);
    try (var socket = cluster.connect(0)) {
      assertThat(socket.call("SET", "expiry:repaired", "v", "PXAT", Long.toString(EXPIRES_AT))).isEqualTo("OK");
    }
    cluster.up();
    cluster.awaitAllUp();
    try (var socket = cluster.connect(2)) {
      assertThat(socket.call("KV.GET", "expiry:repaired", "LEVEL", "ALL")).isInstanceOf(List.class);
      assertThat(socket.call("KV.SET", "expiry:written", "v", "PXAT", Long.toString(EXPIRES_AT), "LEVEL", "ALL"))
          .isInstanceOf(List.class);
    }
    assertExpireOnEveryReplica();
  }

  /** As each replica alone has it. */
  private static void assertExpireOnEveryReplica() {
    for (int node = 0; node < 3; node++) {
      try (var socket = cluster.connect(node)) {
        assertThat(socket.call("READONLY")).isEqualTo("OK");
        for (var key : List.of("expiry:repaired", "expiry:written")) {
          assertThat(socket.call("PEXPIRETIME", key)).as(key + " through node " + node).isEqualTo(EXPIRES_AT);
        }
      }
    }
  }
}
