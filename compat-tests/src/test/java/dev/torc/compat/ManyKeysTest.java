package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.client.ClientKind;
import dev.torc.compat.client.KeyValueClient;
import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.resp.KvReply;
import dev.torc.compat.resp.RespSocket;
import dev.torc.compat.resp.RespSocket.ErrorReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand keys, over all slots, in one command; in the end with a node that is dead. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManyKeysTest {
  private static final int KEYS = 1_000;

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start("many", 3);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static List<String> keys(String prefix) {
    return IntStream.range(0, KEYS).mapToObj(i -> prefix + i).toList();
  }

  private static String[] words(List<String> front, List<String> keys, boolean values, String... options) {
    var words = new ArrayList<>(front);
    keys.forEach(key -> {
      words.add(key);
      if (values) {
        words.add("v" + key);
      }
    });
    words.addAll(List.of(options));
    return words.toArray(String[]::new);
  }

  private static String[] kvSet(List<String> keys, String... options) {
    return words(List.of("KV.MSET", Integer.toString(keys.size())), keys, true, options);
  }

  private static String[] kvGet(List<String> keys, String... options) {
    return words(List.of("KV.MGET", Integer.toString(keys.size())), keys, false, options);
  }

  private static void assertAll(RespSocket socket, List<String> keys, String... options) {
    var answers = (List<?>) socket.call(kvGet(keys, options));
    assertThat(answers.stream().map(answer -> KvReply.of(answer).value()).toList())
        .isEqualTo(keys.stream().map(key -> "v" + key).toList());
  }

  @Order(1)
  @ParameterizedTest
  @EnumSource(ClientKind.class)
  void everyClientSetsAndGetsAThousandKeysAtOnce(ClientKind kind) {
    try (var client = kind.open(cluster.ports())) {
      var entries = new LinkedHashMap<byte[], byte[]>();
      keys(kind + ":").forEach(key -> entries.put(KeyValueClient.bytes(key), KeyValueClient.bytes("v" + key)));
      client.mset(entries);
      var found = assertThat(client.mget(entries.keySet().toArray(byte[][]::new)))
          .usingElementComparator(Arrays::compare);
      if (kind == ClientKind.VERTX_CLUSTER) {
        // This client splits the command by slots, and puts the answers together in the order of the slots.
        found.containsExactlyInAnyOrderElementsOf(entries.values());
      } else {
        found.containsExactlyElementsOf(entries.values());
      }
    }
  }

  @Test
  @Order(2)
  void aThousandKeysAreSetAndReadAtEveryLevelThroughEveryNode() {
    for (int node = 0; node < 3; node++) {
      try (var socket = cluster.connect(node)) {
        for (var level : List.of("one", "quorum", "all", "strong")) {
          var keys = keys(level + ":" + node + ":");
          var answers = (List<?>) socket.call(kvSet(keys, "LEVEL", level));
          assertThat(answers).hasSize(KEYS)
              .allSatisfy(answer -> assertThat(KvReply.of(answer).fields()).containsEntry("level", level));
          assertAll(socket, keys, "LEVEL", level.equals("one") ? "all" : level);
        }
      }
    }
  }

  @Test
  @Order(3)
  void withANodeDeadEachKeyIsAnsweredForItselfAndOneThatFailsFailsAPlainCommand() {
    try (var socket = cluster.connect(0)) {
      assertThat(socket.call(words(List.of("MSET"), keys("old:"), true))).isEqualTo("OK");
      cluster.kill(1);
      awaitNoticed(socket);
      var refused = (List<?>) socket.call(kvSet(keys("all:"), "LEVEL", "ALL"));
      assertThat(refused).hasSize(KEYS).allSatisfy(answer -> assertThat(answer).isInstanceOf(ErrorReply.class));
      var written = (List<?>) socket.call(kvSet(keys("two:"), "LEVEL", "QUORUM"));
      assertThat(written).hasSize(KEYS)
          .allSatisfy(answer -> assertThat(KvReply.of(answer).fields()).containsEntry("replicas", 2L));
      assertAll(socket, keys("two:"));
      assertAll(socket, keys("old:"), "LEVEL", "STRONG");
      assertMixedLevels(socket);
    }
  }

  /** Keys of which some need all replicas, by their prefix's policy. */
  private static void assertMixedLevels(RespSocket socket) {
    assertThat(socket.call("KV.POLICY", "SET", "needs:all:", "WRITE", "ALL")).isEqualTo("OK");
    var keys = new ArrayList<>(keys("mixed:").subList(0, 10));
    keys.add(5, "needs:all:x");
    var answers = (List<?>) socket.call(kvSet(keys));
    assertThat(IntStream.range(0, keys.size()).filter(i -> answers.get(i) instanceof ErrorReply)).containsExactly(5);
    Object plain = socket.call(words(List.of("MSET"), keys, true));
    assertThat(plain).isInstanceOf(ErrorReply.class);
    assertThat(((ErrorReply) plain).text().split(" ")[0]).isIn("NOREPLICAS", "UNCERTAIN");
    assertThat(socket.call(words(List.of("MSET"), keys("mixed:"), true))).isEqualTo("OK");
    assertThat(socket.call("KV.POLICY", "DEL", "needs:all:")).isEqualTo(1L);
  }

  /** Until strong operations no longer go by way of the dead node. */
  private static void awaitNoticed(RespSocket socket) {
    Eventually.that("the death is noticed", Duration.ofSeconds(20),
        () -> socket.call("INFO", "torc").toString().lines().filter(line -> line.contains("state=up")).count() == 2);
  }
}
