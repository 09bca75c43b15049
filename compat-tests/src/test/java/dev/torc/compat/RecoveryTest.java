package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.Load;
import dev.torc.compat.resp.KvReply;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node comes back: after it was away, after its disk was lost, and after its disk has changed by itself. Every test leaves three nodes that run. */
class RecoveryTest {
  private static final int KEYS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start("recovery", 3);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aNodeThatWasAwayBringsNothingBackToLifeAndGetsWhatItMissedWithoutAnybodyReading() {
    setAll("away", "old");
    cluster.kill(2);
    try (var socket = cluster.connect(0)) {
      for (int i = 0; i < KEYS; i++) {
        var answer = i % 2 == 0 ? socket.call("DEL", "away" + i) : socket.call("SET", "away" + i, "new");
        assertThat(answer).isIn(1L, "OK");
      }
    }
    cluster.up();
    Eventually.that("the node holds what it missed", PATIENCE, () -> differing(2, "away", "ONE").isEmpty());
    for (int node = 0; node < 3; node++) {
      assertThat(differing(node, "away", "ALL")).isEmpty();
    }
  }

  @Test
  void aNodeThatLostItsDiskTakesItsPlaceAgainAndGetsEverythingBack() throws IOException {
    setAll("wiped", "new");
    String before = id(1);
    cluster.kill(1);
    delete(cluster.home(1));
    cluster.up();
    assertThat(id(1)).isEqualTo(before);
    for (int node = 0; node < 3; node++) {
      assertThat(missing(node, "wiped", "QUORUM")).as("at once, through node " + node).isEmpty();
    }
    Eventually.that("it has caught up", PATIENCE, () -> info(1).contains("catching_up:no"));
    assertThat(missing(1, "wiped", "ONE")).isEmpty();
    assertThat(missing(1, "wiped", "STRONG")).isEmpty();
    assertThat(missing(0, "wiped", "ALL")).isEmpty();
  }

  /** When it asks who it was nobody listens yet, so it begins as a new node, which the others refuse. */
  @Test
  void aNodeThatLostItsDiskWhileAllWereDownTakesItsPlaceAgain() throws IOException {
    setAll("down", "new");
    String before = id(1);
    assertThat(cluster.down().exit()).isZero();
    delete(cluster.home(1));
    cluster.up();
    assertThat(id(1)).isEqualTo(before);
    Eventually.that("it has caught up", PATIENCE, () -> info(1).contains("catching_up:no"));
    assertThat(missing(1, "down", "ONE")).isEmpty();
    assertThat(missing(1, "down", "STRONG")).isEmpty();
    assertThat(missing(0, "down", "ALL")).isEmpty();
  }

  @Test
  void aNodeWhoseFilesAreDamagedSaysSoAndIsWholeAgainByItself() throws IOException {
    try (var socket = cluster.connect(0)) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(socket.call("SET", "rot" + i, longValue(i))).isEqualTo("OK");
      }
    }
    cluster.kill(2);
    cluster.up();
    cluster.kill(2);
    damageLargestFile(cluster.home(2).resolve("rocksdb"));
    var load = Load.on("rotting", List.of(cluster.port(0), cluster.port(1)));
    cluster.up();
    Eventually.that("the node says what is damaged", PATIENCE,
        () -> cluster.log(2).contains(" is damaged on the disk: ")
            && cluster.log(2).contains("the damaged database was set aside as "));
    Eventually.that("it is whole again", PATIENCE,
        () -> info(2).contains("salvage:no") && info(2).contains("catching_up:no"));
    load.stop();
    assertThat(load.failures()).isEmpty();
    try (var socket = cluster.connect(2)) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(value(socket.call("KV.GET", "rot" + i, "LEVEL", "ONE"))).isEqualTo(longValue(i));
      }
    }
    assertThat(cluster.log(2)).contains("taken over ");
  }

  @Test
  void whatComparingCameToIsInTheMetricsForEachPeer() {
    setAll("compared", "new");
    for (int node = 0; node < 3; node++) {
      int asked = node;
      Eventually.that("node " + node + " has compared with both", PATIENCE, () -> {
        var metrics = metrics(asked);
        return peers(asked).stream().allMatch(
            peer -> metrics.contains("torc_divergent_keys{peer=\"" + peer + "\"} 0.0\n")
                && lastRound(metrics, peer) < 30);
      });
    }
  }

  private static List<String> peers(int node) {
    return IntStream.range(0, 3).filter(other -> other != node).mapToObj(other -> "n" + (other + 1)).toList();
  }

  private static double lastRound(String metrics, String peer) {
    var name = "torc_antientropy_last_round_seconds{peer=\"" + peer + "\"} ";
    return Double.parseDouble(metrics.lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow()
        .substring(name.length()));
  }

  private static String metrics(int node) throws IOException, InterruptedException {
    var asked = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (cluster.port(node) + 1_000) + "/metrics"))
        .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(asked, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  /** That of the records, since their values are the longest. */
  private static void damageLargestFile(Path database) throws IOException {
    List<Path> files;
    try (var all = Files.list(database)) {
      files = all.filter(file -> file.toString().endsWith(".sst"))
          .sorted(Comparator.comparingLong(file -> file.toFile().length())).toList();
    }
    try (var bytes = new RandomAccessFile(files.getLast().toFile(), "rw")) {
      long place = bytes.length() / 3;
      bytes.seek(place);
      int before = bytes.read();
      bytes.seek(place);
      bytes.write(~before);
    }
  }

  private static String longValue(int i) {
    var random = new SplittableRandom(i);
    var value = new StringBuilder();
    for (int piece = 0; piece < 60; piece++) {
      value.append(Long.toHexString(random.nextLong()));
    }
    return value.toString();
  }

  private static void setAll(String prefix, String value) {
    try (var socket = cluster.connect(0)) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(socket.call("SET", prefix + i, value)).isEqualTo("OK");
      }
    }
  }

  /** Keys of which a read says something else than that those of even numbers are deleted and the others new. */
  private static List<String> differing(int node, String prefix, String level) {
    var differing = new ArrayList<String>();
    try (var socket = cluster.connect(node)) {
      for (int i = 0; i < KEYS; i++) {
        var value = value(socket.call("KV.GET", prefix + i, "LEVEL", level));
        if (i % 2 == 0 ? value != null : !"new".equals(value)) {
          differing.add(prefix + i + " is " + value);
        }
      }
    }
    return differing;
  }

  private static List<String> missing(int node, String prefix, String level) {
    var missing = new ArrayList<String>();
    try (var socket = cluster.connect(node)) {
      for (int i = 0; i < KEYS; i++) {
        var value = value(socket.call("KV.GET", prefix + i, "LEVEL", level));
        if (!"new".equals(value)) {
          missing.add(prefix + i + " is " + value);
        }
      }
    }
    return missing;
  }

  private static String value(Object answer) {
    return KvReply.of(answer).value();
  }

  private static String info(int node) {
    try (var socket = cluster.connect(node)) {
      return (String) socket.call("INFO", "torc");
    }
  }

  private static String id(int node) {
    return info(node).lines().filter(line -> line.startsWith("node_id:")).findFirst().orElseThrow();
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
