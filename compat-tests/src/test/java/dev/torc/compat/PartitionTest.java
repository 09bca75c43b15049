package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.NetworkedCluster;
import dev.torc.compat.resp.KvReply;
import dev.torc.compat.resp.RespSocket;
import dev.torc.compat.resp.RespSocket.ErrorReply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three nodes, of which the first is cut off from the others. Each test leaves them together. */
class PartitionTest {
  private static NetworkedCluster cluster;

  @BeforeAll
  static void start() {
    cluster = NetworkedCluster.start("partition", 3, "request.timeout=1000 ms");
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @AfterEach
  void heal() {
    cluster.network().heal();
    cluster.awaitAllUp();
  }

  /** What a level that cannot be reached may be answered with; a write that was sent may have been applied. */
  private static void assertRefused(Object reply, String... codes) {
    assertThat(reply).isInstanceOf(ErrorReply.class);
    assertThat(((ErrorReply) reply).text().split(" ")[0]).isIn((Object[]) codes);
  }

  private static void assertOnlyOneReplicaAnswers(RespSocket minority, String key) {
    assertRefused(minority.call("GET", key), "NOREPLICAS", "CLUSTERDOWN");
    assertRefused(minority.call("KV.GET", key, "LEVEL", "QUORUM"), "NOREPLICAS", "CLUSTERDOWN");
    assertRefused(minority.call("KV.GET", key, "R", "2"), "NOREPLICAS", "CLUSTERDOWN");
    assertRefused(minority.call("KV.GET", key, "LEVEL", "ALL"), "NOREPLICAS", "CLUSTERDOWN");
    assertRefused(minority.call("KV.GET", key, "LEVEL", "STRONG"), "NOREPLICAS", "CLUSTERDOWN");
    for (var level : List.of("QUORUM", "ALL", "2", "LOCAL_QUORUM", "STRONG")) {
      assertRefused(minority.call("KV.SET", key + ":refused", "v", "LEVEL", level), "NOREPLICAS", "CLUSTERDOWN",
          "UNCERTAIN");
    }
    assertRefused(minority.call("SET", key + ":refused", "v"), "NOREPLICAS", "CLUSTERDOWN", "UNCERTAIN");
    assertRefused(minority.call("INCR", key + ":counter"), "NOREPLICAS", "CLUSTERDOWN", "UNCERTAIN");
    assertRefused(minority.call("SET", key + ":lock", "v", "NX"), "NOREPLICAS", "CLUSTERDOWN", "UNCERTAIN");
    assertThat(KvReply.call(minority, "KV.GET", key, "LEVEL", "ONE").fields()).containsEntry("level", "one")
        .containsEntry("replicas", 1L);
  }

  @Test
  void whatBothSidesWroteAreSiblingsUntilAWriteThatSawBothResolvesThem() {
    try (var minority = cluster.connect(0); var majority = cluster.connect(1)) {
      KvReply.call(minority, "KV.SET", "parted", "base", "LEVEL", "ALL");
      String seen = KvReply.call(majority, "KV.GET", "parted", "LEVEL", "ALL").context();
      cluster.network().isolate(0);
      // A node that has just started may take its own disk for slow, and have a peer write; so both sides must have noticed first whom they do not reach.
      assertNoticed(minority);
      assertNoticed(majority);
      KvReply.call(minority, "KV.SET", "parted", "ours", "CONTEXT", seen, "LEVEL", "ONE");
      KvReply.call(majority, "KV.SET", "parted", "theirs", "CONTEXT", seen, "LEVEL", "ONE");
      assertThat(KvReply.call(minority, "KV.GET", "parted", "LEVEL", "ONE").siblings()).containsExactly("ours");
      assertThat(KvReply.call(majority, "KV.GET", "parted").siblings()).containsExactly("theirs");
      cluster.network().heal();
      cluster.awaitAllUp();
      assertResolvable("parted");
    }
  }

  private static void assertNoticed(RespSocket side) {
    Eventually.that("it is known who cannot be reached", Duration.ofSeconds(30),
        () -> side.call("KV.SET", "noticed", "v", "LEVEL", "ALL") instanceof ErrorReply refused
            && refused.text().startsWith("NOREPLICAS"));
  }

  private static void assertResolvable(String key) {
    String seen = "";
    String latest = "";
    for (int node = 0; node < 3; node++) {
      try (var socket = cluster.connect(node)) {
        var found = KvReply.call(socket, "KV.GET", key, "LEVEL", "ALL");
        assertThat(found.siblings()).containsExactly("theirs", "ours");
        latest = found.value();
        seen = found.context();
      }
    }
    assertThat(latest).isEqualTo("theirs");
    for (int node = 0; node < 3; node++) {
      try (var socket = cluster.connect(node)) {
        assertThat(socket.call("GET", key)).isEqualTo("theirs");
        assertThat(KvReply.call(socket, "KV.GET", key).siblings()).containsExactly("theirs", "ours");
      }
    }
    try (var socket = cluster.connect(2)) {
      KvReply.call(socket, "KV.SET", key, "merged", "CONTEXT", seen);
    }
    for (int node = 0; node < 3; node++) {
      try (var socket = cluster.connect(node)) {
        assertThat(KvReply.call(socket, "KV.GET", key, "LEVEL", "ALL").siblings()).containsExactly("merged");
        assertThat(KvReply.call(socket, "KV.GET", key, "LEVEL", "ONE").siblings()).containsExactly("merged");
      }
    }
  }

  @Test
  void theMinorityNeverGivesLessThanWasAskedBeforeAndAfterItKnowsOfThePartition() {
    try (var minority = cluster.connect(0)) {
      KvReply.call(minority, "KV.SET", "level", "v", "LEVEL", "ALL");
      cluster.network().isolate(0);
      assertOnlyOneReplicaAnswers(minority, "level");
      cluster.awaitSeen(0, 1);
      assertOnlyOneReplicaAnswers(minority, "level");
    }
  }

  @Test
  void theMajorityGoesOnCountingAndTheMinorityCountsOnlyAfterwards() {
    try (var minority = cluster.connect(0); var majority = cluster.connect(1); var third = cluster.connect(2)) {
      assertThat(minority.call("INCR", "counted")).isEqualTo(1L);
      cluster.network().isolate(0);
      cluster.awaitSeen(0, 1);
      cluster.awaitSeen(1, 2);
      cluster.awaitSeen(2, 2);
      assertThat(majority.call("INCR", "counted")).isEqualTo(2L);
      assertThat(third.call("INCR", "counted")).isEqualTo(3L);
      assertRefused(minority.call("INCR", "counted"), "NOREPLICAS", "CLUSTERDOWN");
      assertThat(majority.call("INCR", "counted")).isEqualTo(4L);
      cluster.network().heal();
      cluster.awaitAllUp();
      assertThat(minority.call("INCR", "counted")).isEqualTo(5L);
      assertThat(third.call("GET", "counted")).isEqualTo("5");
    }
  }

  @Test
  void aReplicaThatIsCutOffAnswersReadsOfLevelOneFromWhatItHas() {
    try (var minority = cluster.connect(0); var majority = cluster.connect(2)) {
      assertThat(KvReply.call(minority, "KV.SET", "old", "1", "LEVEL", "ALL").fields()).containsEntry("replicas", 3L);
      cluster.network().isolate(0);
      assertThat(majority.call("SET", "old", "2")).isEqualTo("OK");
      assertThat(minority.call("READONLY")).isEqualTo("OK");
      assertThat(minority.call("GET", "old")).isEqualTo("1");
      assertThat(minority.call("READWRITE")).isEqualTo("OK");
      assertRefused(minority.call("GET", "old"), "NOREPLICAS", "CLUSTERDOWN");
    }
  }
}
