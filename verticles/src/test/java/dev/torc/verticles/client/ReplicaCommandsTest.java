package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.RespClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WAIT, WAITAOF, KV.EXPLAIN and MAXSTALE, where there is one replica. */
class ReplicaCommandsTest {
  @TempDir
  static Path directory;

  private static OneNode node;
  private RespClient client;

  @BeforeAll
  static void start() {
    node = OneNode.start(directory.resolve("node"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void connect() {
    client = node.connect();
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void whereThereAreNoOthersNobodyWaitsForThem() {
    assertThat(client.ask("WAIT 5 0")).isEqualTo(":0");
    assertThat(client.askAll("SET a 1", "INCR a", "WAIT 1 0", "WAIT 0 10")).containsExactly("+OK", ":2", ":0", ":0");
  }

  @Test
  void theWritesBeforeItInThePipelineAreOnThisNodesDisk() {
    assertThat(client.askAll("MSET a 1 b 2", "INCR c", "KV.DEL d", "WAITAOF 1 0 0", "WAITAOF 1 1 0").subList(3, 5))
        .containsExactly("[:1, :0]", "[:1, :0]");
    assertThat(client.ask("WAITAOF 0 0 100")).isEqualTo("[:1, :0]");
  }

  @Test
  void moreWritesThanAreRememberedAreWaitedForAsWell() {
    for (int i = 0; i < 300; i++) {
      assertThat(client.ask("SET many" + i + " 1")).isEqualTo("+OK");
    }
    assertThat(client.ask("WAIT 1 0")).isEqualTo(":0");
  }

  @Test
  void anExplanationNamesEachReplicaAndWhatItHas() {
    client.ask("SET explained 1");
    var reply = client.ask("KV.EXPLAIN explained").replaceAll("[0-9a-f]{16}@[0-9.]+", "DOT")
        .replaceAll("'written', :[0-9]+", "'written', T").replaceAll("'node', '[^']*'", "'node', N")
        .replaceAll("'epoch', '[0-9a-f]{16}'", "'epoch', E").replaceAll(":" + node.config().client().port(), ":PORT")
        .replaceAll("'slot', :[0-9]+", "'slot', S").replaceAll("'address', '[^']*'", "'address', A");
    assertThat(reply).isEqualTo("['slot', S, 'n', :1, 'epoch', E, 'replicas', [['node', N, 'address', A, "
        + "'state', 'up', 'error', nil, 'version', ['DOT'], 'siblings', [['value', '1', 'length', :1, 'ttl', :-1, "
        + "'written', T, 'dot', 'DOT']], 'in_sync', :1]]]");
  }

  @Test
  void anExplanationCutsLongValuesAndLeavesOutLargeOnes() {
    client.ask("SET long " + "x".repeat(100));
    assertThat(client.ask("KV.EXPLAIN long")).contains("'value', '" + "x".repeat(64) + "', 'length', :100,");
    client.ask("SET large " + "x".repeat(2_000));
    assertThat(client.ask("KV.EXPLAIN large")).contains("'siblings', nil, 'in_sync', :1");
    assertThat(client.ask("KV.EXPLAIN nothing")).contains("'version', [], 'siblings', [], 'in_sync', :1");
  }

  @Test
  void anAnswerOfAnAgeTellsIt() {
    client.ask("SET aged 1");
    assertThat(client.ask("KV.GET aged LEVEL one MAXSTALE 0")).contains("'level', 'one'", "'stale', :0");
  }
}
