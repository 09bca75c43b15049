package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.RespClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCommandsTest {
  @TempDir
  static Path directory;

  private static OneNode node;
  private static String port;
  private RespClient client;

  @BeforeAll
  static void start() {
    node = OneNode.start(directory.resolve("node"));
    port = "" + node.config().client().port();
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
  void infoSaysThatReadsFoundSiblings() {
    try (var fresh = OneNode.start(directory.resolve("fresh")); var other = fresh.connect()) {
      other.askAll("KV.SET cart milk CONTEXT  LEVEL QUORUM", "KV.SET cart bread CONTEXT  LEVEL QUORUM", "GET cart",
          "GET other");
      assertThat(other.ask("INFO consistency")).contains("# Consistency").contains("\r\nsiblings:1\r\n");
    }
  }

  @Test
  void infoHasWhatClientsRead() {
    client.ask("SET a 1");
    assertThat(client.ask("INFO")).contains("redis_version:7.2.4\r\n", "redis_mode:cluster\r\n",
        "tcp_port:" + port + "\r\n", "run_id:", "role:master\r\n", "loading:0\r\n", "connected_clients:",
        "master_repl_offset:0\r\n", "connected_slaves:0\r\n", "cluster_enabled:1\r\n", "db0:keys=1,", "# Torc\r\n",
        "torc_ready:1\r\n", "ring_nodes:1\r\n");
  }

  @Test
  void infoTellsTheSectionsAskedForOnly() {
    assertThat(client.ask("INFO server")).startsWith("'# Server\r\n").doesNotContain("# Clients");
    assertThat(client.ask("INFO KEYSPACE replication")).contains("# Keyspace", "# Replication").doesNotContain("# Cpu");
    assertThat(client.ask("INFO nonsense")).isEqualTo("''");
  }

  @Test
  void infoIsTextForPeopleInResp3() {
    client.ask("HELLO 3");
    assertThat(client.ask("INFO server")).startsWith("='# Server");
    assertThat(client.ask("CLUSTER INFO")).startsWith("='cluster_enabled:1");
    assertThat(client.ask("CLUSTER NODES")).startsWith("='");
    assertThat(client.ask("CLIENT LIST")).startsWith("='id=");
  }

  @Test
  void configTellsWhatBenchmarksRead() {
    assertThat(client.askAll("CONFIG GET save", "CONFIG GET appendonly", "CONFIG GET none-such", "CONFIG GET MAXMEM*"))
        .containsExactly("['save', '']", "['appendonly', 'yes']", "[]",
            "['maxmemory', '0', 'maxmemory-policy', 'noeviction']");
  }

  @Test
  void configChangesAllOfWhatItIsToldOrNothing() {
    assertThat(client.askAll("CONFIG SET maxclients 5000 port 1", "CONFIG GET maxclients", "CONFIG SET nonsense 1",
        "CONFIG SET maxclients 0", "CONFIG SET appendonly yes", "CONFIG SET maxclients 4000", "CONFIG GET maxclients"))
        .containsExactly(
            "-ERR CONFIG SET failed (possibly related to argument 'port') - can't set immutable config",
            "['maxclients', '10000']",
            "-ERR Unknown option or number of arguments for CONFIG SET - 'nonsense'",
            "-ERR CONFIG SET failed (possibly related to argument 'maxclients') - "
                + "argument must be between 1 and 1000000 inclusive",
            "+OK", "+OK", "['maxclients', '4000']");
  }

  @Test
  void slotsOfKeysAreThoseOfTheRedisClusterSpecification() {
    assertThat(client.askAll("CLUSTER KEYSLOT {user1000}.following", "CLUSTER KEYSLOT foo{}{bar}",
        "CLUSTER KEYSLOT foo{{bar}}zap")).containsExactly(":3443", ":8363", ":4015");
  }

  @Test
  void theSlotMapCoversAllSlotsAndNamesThisNode() {
    String id = client.ask("CLUSTER MYID");
    String slots = "[[:0, :16383, ['127.0.0.1', :" + port + ", " + id + ", []]]]";
    assertThat(id).hasSize(42);
    assertThat(client.askAll("CLUSTER SLOTS", "HELLO 3", "CLUSTER SLOTS")).first().isEqualTo(slots);
    assertThat(client.ask("CLUSTER SLOTS")).isEqualTo(slots);
  }

  @Test
  void shardsAreMapsInResp3AndTheirPairsInRowInResp2() {
    String id = client.ask("CLUSTER MYID");
    String node = "'id', " + id + ", 'port', :" + port + ", 'ip', '127.0.0.1', 'endpoint', '127.0.0.1', "
        + "'role', 'master', 'replication-offset', :0, 'health', 'online'";
    assertThat(client.ask("CLUSTER SHARDS")).isEqualTo("[['slots', [:0, :16383], 'nodes', [[" + node + "]]]]");
    client.ask("HELLO 3");
    assertThat(client.ask("CLUSTER SHARDS")).isEqualTo("[{'slots', [:0, :16383], 'nodes', [{" + node + "}]}]");
  }

  @Test
  void theNodesAreALineEach() {
    String id = client.ask("CLUSTER MYID").replace("'", "");
    assertThat(client.ask("CLUSTER NODES")).isEqualTo("'" + id + " 127.0.0.1:" + port + "@"
        + node.config().peer().port() + " myself,master - 0 0 1 connected 0-16383\n'");
    assertThat(client.ask("CLUSTER INFO")).contains("cluster_state:ok\r\n", "cluster_slots_assigned:16384\r\n",
        "cluster_known_nodes:1\r\n", "cluster_size:1\r\n");
    assertThat(client.askAll("CLUSTER LINKS", "CLUSTER REPLICAS " + id, "CLUSTER REPLICAS nobody"))
        .containsExactly("[]", "[]", "-ERR Unknown node nobody");
  }

  @Test
  void aNodeBoundToAllAddressesTellsTheOneByWhichTheClientCame() {
    try (var open = OneNode.start(directory.resolve("open"), Map.of("bind", "0.0.0.0")); var other = open.connect()) {
      assertThat(other.ask("CLUSTER SLOTS")).contains("['127.0.0.1', :" + open.config().client().port());
      assertThat(other.ask("CLUSTER NODES")).contains(" 127.0.0.1:" + open.config().client().port());
    }
  }

  @Test
  void beforeTheClusterHasFormedTheNodeKnowsItselfAndNoSlots() {
    try (var lonely = OneNode.start(directory.resolve("lonely"), Map.of("cluster.expect", "2"));
        var other = lonely.connect()) {
      assertThat(other.ask("CLUSTER SLOTS")).isEqualTo("[]");
      assertThat(other.ask("CLUSTER INFO")).contains("cluster_state:fail", "cluster_slots_assigned:0");
      assertThat(other.ask("CLUSTER NODES")).contains("myself,master - 0 0 1 connected\n");
      assertThat(other.ask("CLUSTER SHARDS")).startsWith("[['slots', [], 'nodes', [['id', ");
      assertThat(other.ask("INFO torc")).contains("torc_ready:0").contains("state=founding");
      assertThat(other.ask("WAIT 1 0")).isEqualTo(":0");
    }
  }

  @Test
  void theCommandTableIsReadable() {
    assertThat(client.ask("COMMAND DOCS get")).startsWith("['get', ['summary', '").contains("'arguments', [");
    assertThat(client.ask("COMMAND DOCS")).contains("'cluster|slots'", "'kv.scan'");
    assertThat(client.ask("COMMAND INFO get nonsense")).startsWith("[['get', :2, [").endsWith(", nil[]]");
    int count = Integer.parseInt(client.ask("COMMAND COUNT").substring(1));
    client.send("COMMAND");
    assertThat(count).isGreaterThan(40);
    assertThat(client.read()).contains("['kv.scan', ");
    assertThat(client.ask("COMMAND GETKEYS MSET a 1 b 2")).isEqualTo("['a', 'b']");
  }

  @Test
  void timeIsSecondsAndMicroseconds() {
    assertThat(client.ask("TIME")).matches("\\['[0-9]{10}', '[0-9]{1,6}'\\]");
  }
}
