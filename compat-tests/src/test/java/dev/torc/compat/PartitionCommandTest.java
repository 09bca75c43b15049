package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.Program;
import dev.torc.compat.process.Torc;
import dev.torc.compat.resp.KvReply;
import dev.torc.compat.resp.RespSocket.ErrorReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** deploy/torc partition and heal, as an operator types them on a cluster of deploy/torc up. */
class PartitionCommandTest {
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start("partition-command", 3, "request.timeout=1000 ms");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static void assumeRoot() {
    Program.assumeInstalled("nft", "nftables");
    boolean root = Program.run("nft", "list", "tables").exit() == 0;
    if (!root) {
      System.err.println("*** SKIPPED: may not set packet filter rules; torc partition is tested as root only ***");
    }
    Assumptions.assumeTrue(root, "may set packet filter rules");
  }

  private static Program torc(String command, String... nodes) {
    var words = new ArrayList<>(List.of(command, "--data", cluster.data().toString()));
    words.addAll(List.of(nodes));
    return Torc.run(words.toArray(String[]::new));
  }

  private static String table() {
    return "torc_" + cluster.port(0);
  }

  private static long seenUp(int node) {
    try (var socket = cluster.connect(node)) {
      return socket.call("INFO", "torc").toString().lines().filter(line -> line.contains("state=up")).count();
    }
  }

  private static void awaitSeen(int... up) {
    for (int node = 0; node < up.length; node++) {
      int asked = node;
      Eventually.that("node " + node + " sees " + up[node] + " up", Duration.ofSeconds(60),
          () -> seenUp(asked) == up[asked]);
    }
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void aNodeIsCutOffBothWaysWhileItsClientsReachItUntilHealOrDown() {
    assumeRoot();
    try {
      Program cut = torc("partition", "3");
      assertThat(cut.exit()).as(cut.text()).isZero();
      assertThat(cut.out())
          .startsWith("n3 cut off from n1, n2; clients reach all of them. Join them again with: torc heal");
      awaitSeen(2, 2, 1);
      assertSplit();
      cluster.kill(0);
      assertThat(torc("heal").out()).startsWith("All nodes of ");
      assertThat(cluster.up().exit()).isZero();
      cluster.awaitAllUp();
      try (var once = cluster.connect(2)) {
        assertThat(once.call("GET", "parted")).isEqualTo("majority");
      }
      assertThat(torc("partition", "n1", "n2").exit()).isZero();
      assertThat(cluster.down().out()).contains("Stopped n1, n2, n3", "The partition is healed.");
      assertThat(Program.run("nft", "list", "table", "ip", table()).exit()).isNotZero();
    } finally {
      torc("heal");
    }
  }

  private static void assertSplit() {
    try (var majority = cluster.connect(0); var minority = cluster.connect(2)) {
      assertThat(majority.call("SET", "parted", "majority")).isEqualTo("OK");
      assertThat(KvReply.call(majority, "KV.GET", "parted", "LEVEL", "QUORUM").value()).isEqualTo("majority");
      assertThat(minority.call("KV.GET", "parted", "LEVEL", "QUORUM")).isInstanceOf(ErrorReply.class);
      assertThat(KvReply.call(minority, "KV.GET", "parted", "LEVEL", "ONE").value()).isNull();
    }
  }

  @Test
  void whatCannotBeIsOneLine() {
    assertRefused(torc("partition", "4"), "NODE = 4 is not allowed; allowed: 1 to 3");
    assertRefused(torc("partition", "1", "2", "3"), "NODE", "another side");
    assertRefused(Torc.run("partition", "3", "--data", "/nowhere"), "--data = /nowhere", "torc up made");
    assertRefused(Torc.run("heal", "--data", "/nowhere"), "--data = /nowhere", "torc up made");
  }

  private static void assertRefused(Program ended, String... parts) {
    assertThat(ended.exit()).as(ended.text()).isEqualTo(1);
    assertThat(ended.lines()).as(ended.text()).hasSize(1);
    assertThat(ended.err()).startsWith("torc: ").contains(parts);
  }
}
