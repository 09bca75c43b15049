package dev.torc.verticles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.policy.Policy;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicySettingsTest {
  private static final String CART = "[{ prefix = \"cart:\", conflict = latest, read-level = one, write-level = quorum,"
      + " replicas = 5, mode = strong }, { prefix = \"\", read-level = 2 }]";
  private static final Policy CART_POLICY = new Policy(Optional.of(Conflict.LATEST), Optional.of(Level.ONE),
      Optional.of(Level.QUORUM), OptionalInt.of(5), Optional.of(true));
  private static final Policy EVERY_POLICY = new Policy(Optional.empty(), Optional.of(new Level.Count(2)),
      Optional.empty(), OptionalInt.empty(), Optional.empty());

  @Test
  void thereAreNoneUnlessConfigured() {
    assertThat(NodeConfig.of(Map.of()).cluster().policies()).isEmpty();
  }

  @Test
  void theyAreReadFromFilesAndFromText(@TempDir Path directory) throws Exception {
    var expected = Map.of(Bytes.of("cart:"), CART_POLICY, Bytes.EMPTY, EVERY_POLICY);
    assertThat(policies(CART)).isEqualTo(expected);
    var file = Files.writeString(directory.resolve("torc.conf"), "torc.cluster.policies = " + CART);
    assertThat(NodeConfig.from(new ConfigSources(Map.of(), Map.of(), Optional.of(file))).cluster().policies())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "[{prefix=a, replicas=17}] | the policy of \"a\" with replicas = 1 to 16",
      "[{prefix=a, replicas=many}] | the policy of \"a\" with replicas = 1 to 16",
      "[{prefix=a, read-level=most}] | the policy of \"a\" with read-level = one, quorum, all, sloppy, local_quorum, strong, or 1 to 16",
      "[{prefix=a, read-level=any}] | the policy of \"a\" with read-level = one, quorum, all, sloppy, local_quorum, strong, or 1 to 16",
      "[{prefix=a, write-level=17}] | the policy of \"a\" with write-level = one, quorum, all, sloppy, local_quorum, strong, any, or 1 to 16",
      "[{prefix=a, conflict=first}] | the policy of \"a\" with conflict = latest or siblings",
      "[{prefix=a, mode=weak}] | the policy of \"a\" with mode = strong or normal",
      "[{prefix=a, n=3}] | the policy of \"a\" of prefix, conflict, read-level, write-level, replicas, mode, not n",
      "[{prefix=a}, {prefix=a}] | the policy of \"a\" said once",
      "[{replicas=3}] | objects with a text as their prefix",
      "[{prefix=a, replicas=2}, {prefix=ab, read-level=3}] | levels that N can reach; read level 3 needs more replicas than N = 2",
      "latest | a list of objects", "[1] | a list of objects"})
  void aWrongOneIsRefusedInOneLine(String text, String allowed) {
    assertThatThrownBy(() -> policies(text)).isInstanceOf(ConfigException.class)
        .hasMessage("torc.cluster.policies = " + text + " (command line) is not allowed; allowed: " + allowed);
  }

  @Test
  void aPrefixThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> policies("[{prefix=" + "p".repeat(257) + "}]")).isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("at most 256 bytes long");
  }

  private static SortedMap<Bytes, Policy> policies(String text) {
    return NodeConfig.of(Map.of("cluster.policies", text)).cluster().policies();
  }
}
