package dev.torc.verticles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import dev.torc.engine.WriteSync;
import dev.torc.protocol.command.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeConfigTest {

  private static final Machine MACHINE = new Machine(2, 4L << 30, 384L << 20);

  @TempDir
  Path directory;

  @Test
  void theDefaultsAreAWholeConfiguration() {
    NodeConfig config = NodeConfig.from(new ConfigSources(Map.of(), Map.of(), Optional.empty()), MACHINE);
    assertThat(config.data()).isEqualTo(Path.of("data/torc"));
    assertThat(config.announceHost()).isEmpty();
    assertThat(config.peer().port()).isEqualTo(17_001);
    assertThat(config.httpPort()).isEqualTo(8_001);
    assertThat(config.cluster().readLevel()).isEqualTo(Level.SLOPPY);
    assertThat(config.cluster().crossSlot()).isTrue();
    assertThat(config.engine().blockCacheBytes()).isEqualTo(256L << 20);
    assertThat(config.engine().fsync()).isEqualTo(WriteSync.EVERYSEC);
    assertThat(config.hint().maxBytes()).isEqualTo(HintSettings.AUTO);
    assertThat(config.loops()).isEqualTo(new LoopSettings(1, Transport.AUTO));
  }

  @Test
  void whatMemoryIsForFollowsTheHeap() {
    NodeConfig config = NodeConfig.from(new ConfigSources(Map.of(), Map.of(), Optional.empty()), MACHINE);
    assertThat(config.client().inputLimitBytes()).isEqualTo(96L << 20);
    assertThat(config.client().replyLimitBytes()).isEqualTo(48L << 20);
    assertThat(config.peer().queueLimitBytes()).isEqualTo(48L << 20);
    assertThat(config.peer().inputLimitBytes()).isEqualTo(32L << 20);
    assertThat(config.engine().queueLimitBytes()).isEqualTo(96L << 20);
    assertThat(new Machine(13, 1L << 30, 1L << 30).shards()).as("rounded down").isEqualTo(2);
  }

  @Test
  void flagsWinOverTheEnvironmentAndTheEnvironmentOverTheFile() throws Exception {
    Path file = file("torc { name = file, zone = file, weight = 2, client.port = 7100 }");
    var environment = Map.of("TORC_NAME", "environment", "TORC_ZONE", "environment", "PATH", "/bin");
    NodeConfig config = NodeConfig
        .from(new ConfigSources(Map.of("torc.name", "flag"), environment, Optional.of(file)), MACHINE);
    assertThat(config.name()).isEqualTo("flag");
    assertThat(config.zone()).isEqualTo("environment");
    assertThat(config.weight()).isEqualTo(2);
    assertThat(config.peer().port()).isEqualTo(17_100);
    assertThat(config.data()).as("follows the name").isEqualTo(Path.of("data/flag"));
  }

  @Test
  void everyKeyHasAnEnvironmentVariableOfItsOwn() {
    List<String> keys = ConfigSources.keys();
    assertThat(keys.stream().map(ConfigSources::variable)).doesNotHaveDuplicates().hasSameSizeAs(keys);
    assertThat(ConfigSources.variable("torc.client.max-key")).isEqualTo("TORC_CLIENT_MAX_KEY");
  }

  @Test
  void whoListensEverywhereMustSayWhereOtherNodesReachHim() {
    assertThat(NodeConfig.of(Map.of("bind", "0.0.0.0")).announceHost()).isEmpty();
    assertThatThrownBy(() -> NodeConfig.of(Map.of("bind", "0.0.0.0", "cluster.expect", "3")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("torc.announce.host");
    assertThat(NodeConfig.of(Map.of("bind", "0.0.0.0", "cluster.expect", "3", "announce.host", "db1")).announceHost())
        .contains("db1");
  }

  @Test
  void seedsAreClientPortsUnlessAPeerPortIsWritten() throws Exception {
    var expected = List.of(new Seed("a", 7001, 17_001), new Seed("::1", 7002, 9));
    assertThat(NodeConfig.of(Map.of("cluster.seeds", "a:7001, [::1]:7002@9")).cluster().seeds()).isEqualTo(expected);
    Path file = file("torc.cluster.seeds = [\"a:7001\", \"[::1]:7002@9\"]");
    assertThat(NodeConfig.from(new ConfigSources(Map.of(), Map.of(), Optional.of(file))).cluster().seeds())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "name              | a b      | 1 to 64 letters, digits, dots, dashes and underscores",
      "bind              | a b      | a host name or an IP address",
      "announce.host     | a/b      | a host name or an IP address",
      "zone              | é        | 1 to 64 letters, digits, dots, dashes and underscores",
      "weight            | 0        | 1 to 16",
      "weight            | heavy    | a whole number",
      "event-loops       | many     | auto or a whole number",
      "event-loops       | 300      | 1 to 256",
      "transport         | rdma     | auto, epoll, io_uring, nio",
      "client.port       | 70000    | 1 to 65535",
      "client.max-key    | 0        | 1 bytes to 64 KiB",
      "client.max-bulk   | 1 TiB    | 1 KiB to 512 MiB",
      "client.max-bulk   | large    | a size, such as 64 KiB or 1 GiB",
      "client.output-pause | 65 MiB | 16 KiB to 64 MiB",
      "client.idle-timeout | soon   | a duration, such as 500 ms or 2 s",
      "peer.port         | 7001     | another port than torc.client.port",
      "peer.frame-limit  | 10 MiB   | 10304 KiB to 1 GiB",
      "http.port         | 17001    | another port than torc.client.port and torc.peer.port",
      "http.port         | eight    | auto or 1 to 65535",
      "cluster.seeds     | a        | host:port with the client port below 55536, or host:port@peerPort",
      "cluster.seeds     | a:60000  | host:port with the client port below 55536, or host:port@peerPort",
      "cluster.replicas  | 17       | 1 to 16",
      "cluster.read-level | 4       | one, quorum, all, sloppy, or 1 to 3 (torc.cluster.replicas)",
      "cluster.write-level | most   | one, quorum, all, sloppy, or 1 to 3 (torc.cluster.replicas)",
      "cluster.cross-slot | perhaps | yes or no",
      "request.timeout   | 1 ms     | 10 ms to 10 min",
      "request.max-timeout | 1 s    | 2 s to 10 min",
      "request.speculate-after | 3 s | 0 to 2 s",
      "reaping.grace     | 189 s    | 190 s to 8760 h",
      "clock.max-skew    | 1 ms     | 10 ms to 1 h",
      "hint.max-bytes    | 0        | 1 MiB to 1024 TiB",
      "hint.max-bytes    | much     | auto or a size, such as 1 GiB",
      "gossip.down-after | 1 s      | 2 s to 1 h",
      "engine.shards     | 3        | 1, 2, 4, 8 or 16",
      "engine.shards     | 32       | 1, 2, 4, 8 or 16",
      "engine.queue-limit | 1 KiB   | 1 MiB to 4 GiB",
      "client.input-limit | 20 MiB  | 30 MiB to 1 TiB",
      "engine.fsync      | often    | always, everysec, no",
      "engine.block-cache | 1 KiB   | 1 MiB to 1 TiB",
      "engine.block-cache | most    | auto or a size, such as 1 GiB",
      "log.level         | loud     | error, warn, info, debug, trace"})
  void aWrongValueIsRefusedInOneLine(String key, String value, String allowed) {
    assertThatThrownBy(() -> NodeConfig.of(Map.of(key, value))).isInstanceOf(ConfigException.class)
        .hasMessage("torc." + key + " = " + value + " (command line) is not allowed; allowed: " + allowed);
  }

  @Test
  void aRefusalSaysWhereTheValueWasWritten() throws Exception {
    var environment = Map.of("TORC_CLIENT_PORT", "0");
    assertThatThrownBy(() -> NodeConfig.from(new ConfigSources(Map.of(), environment, Optional.empty())))
        .hasMessageContaining("torc.client.port = 0 (environment variable TORC_CLIENT_PORT)");
    Path file = file("torc {\n  weight = 99\n}");
    assertThatThrownBy(() -> NodeConfig.from(new ConfigSources(Map.of(), Map.of(), Optional.of(file))))
        .hasMessageMatching("torc.weight = 99 \\(.*torc.conf: 2\\) is not allowed; allowed: 1 to 16");
  }

  @Test
  void anAutomaticPortThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> NodeConfig.of(Map.of("client.port", "60000")))
        .hasMessageContaining("torc.peer.port = auto")
        .hasMessageContaining("torc.client.port + 10000 is 70000");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"torc.client.prot = 1 | torc.client.prot | torc.client.port",
      "client.port = 1 | client.port | torc.client.port",
      "torc.client = 1 | torc.client | torc.client.command-timeout"})
  void anUnknownKeyIsRefusedWithTheNearest(String text, String key, String nearest) throws Exception {
    Path file = file(text);
    assertThatThrownBy(() -> NodeConfig.from(new ConfigSources(Map.of(), Map.of(), Optional.of(file))))
        .isInstanceOf(ConfigException.class).hasMessageStartingWith(key + " (")
        .hasMessageEndingWith("is not a key of Torc; the nearest is " + nearest);
  }

  @Test
  void anUnknownFlagIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> NodeConfig.of(Map.of("engine.fsnyc", "no")))
        .hasMessage("torc.engine.fsnyc (command line) is not a key of Torc; the nearest is torc.engine.fsync");
  }

  @Test
  void aFileThatIsMissingOrBrokenIsSaidInOneLine() throws Exception {
    Path missing = directory.resolve("missing.conf");
    assertThatThrownBy(() -> NodeConfig.from(new ConfigSources(Map.of(), Map.of(), Optional.of(missing))))
        .hasMessage("--config = " + missing + " is not allowed; allowed: a file that can be read");
    Path broken = file("torc { name = \n");
    assertThatThrownBy(() -> NodeConfig.from(new ConfigSources(Map.of(), Map.of(), Optional.of(broken))))
        .isInstanceOf(ConfigException.class).message().contains("torc.conf").doesNotContain("\n");
    Path empty = file("torc.name = null");
    assertThatThrownBy(() -> NodeConfig.from(new ConfigSources(Map.of("torc.data", "x"), Map.of(), Optional.of(empty))))
        .hasMessageContaining("torc.name = null");
  }

  private Path file(String text) throws Exception {
    return Files.writeString(directory.resolve("torc.conf"), text);
  }
}
