package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.RespClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandsTest {
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
    assertThat(client.ask("FLUSHALL")).isEqualTo("+OK");
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void aPipelinedGetSeesTheSetBeforeIt() {
    assertThat(client.askAll("SET a 1", "GET a", "SET a 2", "SET a 3", "GET a", "DEL a", "GET a"))
        .containsExactly("+OK", "'1'", "+OK", "+OK", "'3'", ":1", "nil");
  }

  @Test
  void ofAKeyThatComesTwiceInAnMsetTheLastValueCounts() {
    assertThat(client.askAll("MSET a 1 b 2 a 3", "MGET a b c a")).containsExactly("+OK", "['3', '2', nil, '3']");
  }

  @Test
  void aThousandKeysOfAllSlotsAreWrittenAndReadInTheOrderOfTheCommand() {
    var mset = new StringBuilder("MSET");
    var mget = new StringBuilder("MGET");
    var values = new ArrayList<String>();
    for (int i = 0; i < 1_000; i++) {
      mset.append(" key:").append(i).append(" value:").append(i);
      mget.append(" key:").append(999 - i).append(" none:").append(i);
      values.add("'value:" + (999 - i) + "'");
      values.add("nil");
    }
    assertThat(client.askAll(mset.toString(), mget.toString(), mget.toString().replace("MGET", "EXISTS"), "DBSIZE"))
        .containsExactly("+OK", values.toString(), ":1000", ":1000");
    assertThat(client.askAll(mget.toString().replace("MGET", "DEL"), "DBSIZE")).containsExactly(":1000", ":0");
  }

  @Test
  void existsCountsAKeyThatIsNamedTwiceTwice() {
    assertThat(client.askAll("MSET a 1 b 2", "EXISTS a a b c", "TOUCH a c")).containsExactly("+OK", ":3", ":1");
  }

  @Test
  void delCountsAKeyThatIsNamedTwiceOnceAndOneThatIsNotThereNotAtAll() {
    assertThat(client.askAll("MSET a 1 b 2", "DEL a a b c", "UNLINK a", "EXISTS a b"))
        .containsExactly("+OK", ":2", ":0", ":0");
  }

  @Test
  void getRangeTakesPlacesFromEitherEnd() {
    client.ask("SET a This-is-a-string");
    assertThat(client.askAll("GETRANGE a 0 3", "GETRANGE a -3 -1", "GETRANGE a 0 -1", "GETRANGE a 10 100",
        "GETRANGE a 5 2", "GETRANGE none 0 -1", "STRLEN a", "STRLEN none"))
        .containsExactly("'This'", "'ing'", "'This-is-a-string'", "'string'", "''", "''", ":16", ":0");
  }

  @Test
  void timesToLiveAreToldInFourForms() {
    assertThat(client.askAll("SET a 1 EX 100", "TTL a", "SET b 1 PXAT 33177117420000", "EXPIRETIME b", "PEXPIRETIME b",
        "SET c 1", "TTL c", "PTTL c", "EXPIRETIME c", "TTL none", "PEXPIRETIME none"))
        .containsExactly("+OK", ":100", "+OK", ":33177117420", ":33177117420000", "+OK", ":-1", ":-1", ":-1", ":-2",
            ":-2");
    long left = Long.parseLong(client.ask("PTTL a").substring(1));
    assertThat(left).isBetween(60_000L, 100_000L);
  }

  @Test
  void setWithoutKeepTtlForgetsTheTtlAndWithItKeepsIt() {
    assertThat(client.askAll("SET a 1 PXAT 33177117420000", "SET a 2 KEEPTTL", "PEXPIRETIME a", "GET a", "SET a 3",
        "TTL a")).containsExactly("+OK", "+OK", ":33177117420000", "'2'", "+OK", ":-1");
  }

  @Test
  void anExpiryInThePastLeavesNothing() {
    assertThat(client.askAll("SET a 1", "SET a 2 PXAT 1", "GET a", "EXISTS a", "TTL a", "TYPE a"))
        .containsExactly("+OK", "+OK", "nil", ":0", ":-2", "+none");
  }

  @Test
  void whatAKeyHoldsIsToldAsRedisDoes() {
    client.ask("MSET int 12 short abc long " + "x".repeat(45));
    assertThat(client.askAll("TYPE int", "OBJECT ENCODING int", "OBJECT ENCODING short", "OBJECT ENCODING long",
        "OBJECT ENCODING none", "OBJECT REFCOUNT int", "MEMORY USAGE none"))
        .containsExactly("+string", "'int'", "'embstr'", "'raw'", "nil", ":1", "nil");
    assertThat(client.ask("MEMORY USAGE short")).startsWith(":");
  }

  @Test
  void aDigestIsThatOfTheValue() {
    client.ask("SET a hello");
    assertThat(client.askAll("DIGEST a", "DIGEST none")).containsExactly("'9555e8555c62dcfd'", "nil");
  }

  @Test
  void aValueOfTenMebibytesComesBackWhole() {
    var value = "0123456789abcdef".repeat(10 << 16);
    assertThat(client.askAll("SET big " + value, "STRLEN big", "GET big"))
        .containsExactly("+OK", ":" + value.length(), "'" + value + "'");
  }

  @Test
  void keysOfSeveralSlotsAreRefusedOnlyWhereTheConfigurationSaysSo() {
    try (var strict = OneNode.start(directory.resolve("strict"), Map.of("cluster.cross-slot", "no"));
        var other = strict.connect()) {
      assertThat(other.askAll("MSET a 1 b 2", "MSET {t}a 1 {t}b 2", "MGET {t}a {t}b", "DEL a b"))
          .containsExactly("-CROSSSLOT Keys in request don't hash to the same slot", "+OK", "['1', '2']",
              "-CROSSSLOT Keys in request don't hash to the same slot");
    }
  }

  @Test
  void beforeTheClusterHasFormedEachRequestIsRefusedAsOneThatMayBeSentAgain() {
    try (var lonely = OneNode.start(directory.resolve("lonely"), Map.of("cluster.expect", "2"));
        var other = lonely.connect()) {
      assertThat(other.askAll("GET a", "SET a 1", "MGET a b", "MSET a 1 b 2", "DEL a b", "DBSIZE", "KEYS *", "SCAN 0",
          "RANDOMKEY", "FLUSHALL", "KV.SIZE", "KV.SCAN 0")).allMatch(reply -> reply.startsWith("-LOADING "));
      assertThat(other.ask("PING")).isEqualTo("+PONG");
    }
  }
}
