package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.RespClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandsTest {
  @TempDir
  Path directory;

  @Test
  void whatIsSetIsShownInTheOrderOfThePrefixes() {
    try (var node = OneNode.start(directory); var client = node.connect()) {
      assertThat(client.ask("KV.POLICY LIST")).isEqualTo("[]");
      assertThat(
          client.askAll("KV.POLICY SET b: CONFLICT LATEST MODE STRONG", "KV.POLICY SET a: READ one WRITE all N 3",
              "KV.POLICY GET b:", "KV.POLICY GET b", "KV.POLICY LIST"))
          .containsExactly("+OK", "+OK",
              "['prefix', 'b:', 'conflict', 'latest', 'mode', 'strong']", "nil",
              "[['prefix', 'a:', 'read', 'one', 'write', 'all', 'n', :3], "
                  + "['prefix', 'b:', 'conflict', 'latest', 'mode', 'strong']]");
    }
  }

  @Test
  void whatIsNotNamedStays() {
    try (var node = OneNode.start(directory); var client = node.connect()) {
      assertThat(client.askAll("KV.POLICY SET a CONFLICT LATEST READ ONE", "KV.POLICY SET a CONFLICT SIBLINGS",
          "KV.POLICY GET a")).containsExactly("+OK", "+OK",
              "['prefix', 'a', 'conflict', 'siblings', 'read', 'one']");
    }
  }

  @Test
  void oneIsDeletedOnce() {
    try (var node = OneNode.start(directory); var client = node.connect()) {
      assertThat(client.askAll("KV.POLICY DEL a", "KV.POLICY SET a READ ONE", "KV.POLICY DEL a", "KV.POLICY DEL a",
          "KV.POLICY GET a", "KV.POLICY LIST")).containsExactly(":0", "+OK", ":1", ":0", "nil", "[]");
    }
  }

  @Test
  void whatWasSetOutlivesARestartAndWinsOverTheConfiguration() {
    var keys = Map.of("cluster.policies",
        "[{prefix=a, conflict=latest}, {prefix=b, conflict=latest}, {prefix=c, mode=strong}]");
    var config = OneNode.config(directory, keys);
    try (var node = OneNode.start(config); var client = node.connect()) {
      assertThat(client.askAll("KV.POLICY SET a READ ONE", "KV.POLICY DEL b", "KV.POLICY SET d N 2"))
          .containsExactly("+OK", ":1", "+OK");
    }
    try (var node = OneNode.start(config); var client = node.connect()) {
      assertThat(client.ask("KV.POLICY LIST")).isEqualTo("[['prefix', 'a', 'conflict', 'latest', 'read', 'one'], "
          + "['prefix', 'c', 'mode', 'strong'], ['prefix', 'd', 'n', :2]]");
    }
  }

  @Test
  void nOfAPrefixChangesOnlyWhileItHoldsNoKey() {
    try (var node = OneNode.start(directory); var client = node.connect()) {
      fill(client, 2_500);
      assertThat(client.askAll("SET cart:1 x", "KV.POLICY SET cart: N 2", "KV.POLICY SET cart: N 1",
          "KV.POLICY SET c N 3"))
          .containsExactly("+OK", "-ERR N of 'cart:' cannot change while it holds keys such as 'cart:1'",
              "+OK", "+OK");
    }
  }

  @Test
  void aLongerPrefixThatSaysItsNKeepsItsKeysWhereTheyAre() {
    try (var node = OneNode.start(directory); var client = node.connect()) {
      assertThat(client.askAll("KV.POLICY SET cart:n N 1", "SET cart:n1 x", "KV.POLICY SET cart: N 2",
          "KV.POLICY DEL cart:n", "KV.POLICY SET cart:n N 2", "DEL cart:n1", "KV.POLICY DEL cart:n"))
          .containsExactly("+OK", "+OK", "+OK",
              "-ERR N of 'cart:n' cannot change while it holds keys such as 'cart:n1'",
              "-ERR N of 'cart:n' cannot change while it holds keys such as 'cart:n1'", ":1", ":1");
    }
  }

  @Test
  void whatCannotBeReachedOrKeptIsRefused() {
    try (var node = OneNode.start(directory); var client = node.connect()) {
      assertThat(client.askAll("KV.POLICY SET a READ 2", "KV.POLICY SET a N 3 READ 4", "KV.POLICY SET a READ 17",
          "KV.POLICY SET " + "p".repeat(257) + " READ ONE", "KV.POLICY LIST")).containsExactly(
              "-ERR read level 2 needs more replicas than N = 1 of 'a'",
              "-ERR read level 4 needs more replicas than N = 3 of 'a'",
              "-ERR level 17 is not allowed, allowed is 1 to 16",
              "-ERR the prefix of a policy has at most 256 bytes, not 257", "[]");
    }
  }

  @Test
  void moreThanAThousandAreRefused() {
    try (var node = OneNode.start(directory); var client = node.connect()) {
      client.send(IntStream.range(0, 1_000).mapToObj(i -> "KV.POLICY SET p" + i + " READ ONE").toArray(String[]::new));
      assertThat(client.read(1_000)).containsOnly("+OK");
      assertThat(client.askAll("KV.POLICY SET q READ ONE", "KV.POLICY SET p7 READ ALL")).containsExactly(
          "-ERR there are 1000 policies, as many as there can be; a deleted one counts for a week", "+OK");
    }
  }

  private static void fill(RespClient client, int keys) {
    client.send(IntStream.range(0, keys).mapToObj(i -> "SET other:" + i + " x").toArray(String[]::new));
    assertThat(client.read(keys)).containsOnly("+OK");
  }
}
