package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.Program;
import dev.torc.compat.process.Torc;
import dev.torc.compat.resp.KvReply;
import dev.torc.compat.resp.RespSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A backup of one node's directory is put in the place of what the node went on with; twice, and the backup is of before the first time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OlderCopyTest {
  private static final int KEYS = 200;
  private static final int NODE = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Cluster cluster;
  private static Path backup;
  /** How often each counter was incremented. */
  private static long counted;

  @BeforeAll
  static void writeCopyAndWriteOn() {
    cluster = Cluster.start("older-copy", 3);
    write("old");
    terminate();
    backup = cluster.data().resolve("backup");
    copy(cluster.home(NODE), backup);
    cluster.up();
    write("new");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  @Order(1)
  void itIsRecognisedAtTheStartAndWhatWasAcknowledgedSinceIsThere() throws IOException {
    putBackupInPlace("first");
    cluster.up();
    assertThat(cluster.log(NODE)).containsPattern("n2 is an older copy: the other members know generation 2 of this"
        + " node, it only 1\\. Its database was set aside as rocksdb\\.older-");
    assertCurrent();
  }

  @Test
  @Order(2)
  void itIsRecognisedByGossipWhenItStartsAloneAndMeetsTheOthersLater() throws Exception {
    putBackupInPlace("second");
    cluster.kill(0);
    cluster.kill(2);
    var alone = startAlone();
    try {
      Eventually.that("n2 serves alone", PATIENCE, () -> {
        try (var socket = cluster.connect(NODE)) {
          var answer = socket.call("KV.GET", "key1", "LEVEL", "ONE");
          return !(answer instanceof RespSocket.ErrorReply) && "old".equals(KvReply.of(answer).value());
        }
      });
      cluster.up();
      Eventually.that("n2 begins again", PATIENCE, () -> cluster.log(NODE).contains("; it begins again"));
      assertCurrent();
      assertThat(alone.isAlive()).as("the process is still the same").isTrue();
    } finally {
      alone.destroy();
      assertThat(alone.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void putBackupInPlace(String time) {
    terminate();
    assertThat(Program.run("mv", cluster.home(NODE).toString(), cluster.data().resolve(time).toString()).exit())
        .isZero();
    copy(backup, cluster.home(NODE));
  }

  /** Values, counters, siblings and deletions, each through another node. */
  private static void write(String value) {
    try (var first = cluster.connect(0); var second = cluster.connect(NODE); var third = cluster.connect(2)) {
      var sockets = List.of(first, second, third);
      for (int i = 0; i < KEYS; i++) {
        var socket = sockets.get(i % 3);
        assertThat(socket.call("SET", "key" + i, value)).isEqualTo("OK");
        assertThat(socket.call("INCR", "count" + i)).isInstanceOf(Long.class);
        assertThat(socket.call("KV.SET", "both" + i, value, "CONTEXT", "")).isInstanceOf(List.class);
        var gone = value.equals("old") ? socket.call("SET", "gone" + i, value) : socket.call("DEL", "gone" + i);
        assertThat(gone).isIn("OK", 1L);
      }
    }
    counted++;
  }

  /** At once by a quorum, and when the node has caught up, by what it alone holds. */
  private static void assertCurrent() throws IOException {
    Eventually.that("n2 takes part", PATIENCE, () -> differing("QUORUM").isEmpty());
    Eventually.that("n2 has caught up", PATIENCE, () -> {
      try (var socket = cluster.connect(NODE)) {
        return socket.call("INFO", "torc").toString().contains("catching_up:no");
      }
    });
    assertThat(cluster.log(NODE)).contains("this replica may have lost writes that it acknowledged", "caught up: ");
    assertThat(differing("ONE")).isEmpty();
    try (var files = Files.list(cluster.home(NODE))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("rocksdb.older-")))
          .hasSize(1);
    }
    assertThat(differing("ALL")).isEmpty();
    counted++;
    try (var socket = cluster.connect(NODE)) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(socket.call("INCR", "count" + i)).as("count" + i).isEqualTo(counted);
      }
    }
  }

  private static List<String> differing(String level) {
    var differing = new ArrayList<String>();
    try (var socket = cluster.connect(NODE)) {
      for (int i = 0; i < KEYS; i++) {
        compare(differing, "key" + i, get(socket, "key" + i, level).value(), "new");
        compare(differing, "count" + i, get(socket, "count" + i, level).value(), Long.toString(counted));
        compare(differing, "gone" + i, get(socket, "gone" + i, level).value(), null);
        var both = new ArrayList<>(get(socket, "both" + i, level).siblings());
        both.sort(null);
        compare(differing, "both" + i, both.toString(), "[new, old]");
      }
    }
    return differing;
  }

  private static KvReply get(RespSocket socket, String key, String level) {
    return KvReply.call(socket, "KV.GET", key, "LEVEL", level);
  }

  private static void compare(List<String> differing, String key, String is, String shouldBe) {
    if (!String.valueOf(is).equals(String.valueOf(shouldBe))) {
      differing.add(key + " is " + is);
    }
  }

  private static void terminate() {
    var process = ProcessHandle.of(cluster.pid(NODE)).orElseThrow();
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void copy(Path from, Path to) {
    var copied = Program.run("cp", "-a", from.toString(), to.toString());
    assertThat(copied.exit()).as(copied.text()).isZero();
  }

  /** As a service manager would start it; known to up by its process id. */
  private static Process startAlone() throws IOException {
    var home = cluster.home(NODE);
    var seeds = String.join(",", cluster.ports().stream().map(port -> "127.0.0.1:" + port).toList());
    var process = Torc.start(home.resolve("torc.log"), "server", "--name", "n2", "--port",
        Integer.toString(cluster.port(NODE)), "--data", home.toString(), "--seeds", seeds, "--expect", "3");
    Files.writeString(home.resolve("torc.pid"), process.pid() + "\n");
    return process;
  }
}
