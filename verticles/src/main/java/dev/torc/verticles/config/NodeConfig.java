package dev.torc.verticles.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one node is told. Each field is checked here, with a {@link ConfigException} that names its key.
 *
 * @param name of the node
 * @param bind the address it listens on
 * @param announceHost what others are told; empty for the bind address, or, bound to all, the accepting socket's own
 * @param data its directory
 * @param zone its rack
 * @param dataCenter its data centre
 * @param weight its share of the ring, times 160 vnodes
 * @param httpPort of metrics and health
 * @param maxClockSkewMillis peers further ahead are not believed
 */
public record NodeConfig(String name, String bind, Optional<String> announceHost, Path data, String zone,
    String dataCenter, int weight, int httpPort, long maxClockSkewMillis, ClientSettings client, PeerSettings peer,
    ClusterSettings cluster, RequestSettings request, HintSettings hint, SiblingSettings siblings,
    SessionSettings session,
    GossipSettings gossip, AntiEntropySettings antiEntropy, ReapingSettings reaping,
    EngineSettings engine, LoopSettings loops,
    LogSettings log) {

  public NodeConfig {
    Allowed.word("torc.name", name);
    Allowed.host("torc.bind", bind);
    announceHost.ifPresent(host -> Allowed.host("torc.announce.host", host));
    Allowed.word("torc.zone", zone);
    Allowed.word("torc.data-center", dataCenter);
    Allowed.count("torc.weight", weight, 1, 16);
    Allowed.port("torc.http.port", httpPort);
    Allowed.millis("torc.clock.max-skew", maxClockSkewMillis, 10, 3_600_000);
    Allowed.bytes("torc.peer.frame-limit", peer.frameLimitBytes(), client.maxBulkBytes() + (64L << 10), 1L << 30);
    if (peer.port() == client.port()) {
      throw new ConfigException("torc.peer.port", peer.port(), "another port than torc.client.port");
    }
    boolean alone = cluster.seeds().isEmpty() && cluster.expect() == 1;
    if (!alone && announceHost.isEmpty() && (bind.equals("0.0.0.0") || bind.equals("::"))) {
      throw new ConfigException("torc.announce.host", "empty", "with torc.bind = " + bind
          + " and other nodes, the address by which they reach this one");
    }
    if (httpPort == client.port() || httpPort == peer.port()) {
      throw new ConfigException("torc.http.port", httpPort, "another port than torc.client.port and torc.peer.port");
    }
  }

  /** The configuration that the sources come to. */
  public static NodeConfig from(ConfigSources sources) {
    return from(sources, Machine.here());
  }

  /** The defaults with some keys replaced, such as {@code torc.client.port} by {@code 7002}. */
  public static NodeConfig of(Map<String, String> flags) {
    return from(new ConfigSources(flags, Map.of(), Optional.empty()));
  }

  static NodeConfig from(ConfigSources sources, Machine machine) {
    Settings settings = sources.settings();
    try {
      return read(settings, machine);
    } catch (ConfigException wrong) {
      throw settings.located(wrong);
    }
  }

  private static NodeConfig read(Settings settings, Machine machine) {
    var client = ClientSettings.from(settings, machine);
    var request = RequestSettings.from(settings);
    long maxSkew = settings.millis("torc.clock.max-skew");
    return new NodeConfig(settings.text("torc.name"), settings.text("torc.bind"),
        Optional.of(settings.text("torc.announce.host")).filter(host -> !host.isEmpty()), directory(settings),
        settings.text("torc.zone"), settings.text("torc.data-center"), settings.count("torc.weight"),
        settings.autoOrPort("torc.http.port", client.port(), 1_000), maxSkew, client,
        PeerSettings.from(settings, client.port(), machine), ClusterSettings.from(settings),
        request, HintSettings.from(settings),
        SiblingSettings.from(settings, client.maxBulkBytes()),
        SessionSettings.from(settings),
        GossipSettings.from(settings), AntiEntropySettings.from(settings),
        ReapingSettings.from(settings, request.maxTimeoutMillis(), maxSkew), EngineSettings.from(settings, machine),
        LoopSettings.from(settings, machine),
        LogSettings.from(settings));
  }

  private static Path directory(Settings settings) {
    String text = settings.text("torc.data");
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException invalid) {
      // Said below, in the same words as for an empty one.
    }
    throw new ConfigException("torc.data", Allowed.quoted(text), "the path of a directory");
  }
}
