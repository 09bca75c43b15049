package dev.torc.verticles.config;

import java.util.Optional;

/**
 * The sockets between nodes.
 *
 * @param port tcp for replication, udp for gossip
 * @param source the address from which connections to peers go out; empty: as the system chooses
 * @param queueLimitBytes of large messages waiting for all peers together, above which more are refused; also of all waiting for one
 * @param chunkBytes longer messages go in pieces of this size
 * @param frameLimitBytes the largest message believed, once its pieces are put together
 * @param inputLimitBytes unfinished messages of all peers together, above which their connections wait for each other
 * @param reconnectMinMillis the first pause before a lost connection is tried again
 * @param reconnectMaxMillis the longest such pause
 */
public record PeerSettings(int port, Optional<String> source, long queueLimitBytes, int chunkBytes, int frameLimitBytes,
    long inputLimitBytes,
    long reconnectMinMillis,
    long reconnectMaxMillis) {

  public PeerSettings {
    Allowed.port("torc.peer.port", port);
    source.ifPresent(address -> Allowed.host("torc.peer.source", address));
    Allowed.bytes("torc.peer.queue-limit", queueLimitBytes, 1L << 20, 4L << 30);
    Allowed.bytes("torc.peer.chunk", chunkBytes, 4 << 10, 1 << 20);
    Allowed.bytes("torc.peer.frame-limit", frameLimitBytes, chunkBytes, 1L << 30);
    Allowed.bytes("torc.peer.input-limit", inputLimitBytes, 1L << 20, 1L << 40);
    Allowed.millis("torc.peer.reconnect-min", reconnectMinMillis, 10, 60_000);
    Allowed.millis("torc.peer.reconnect-max", reconnectMaxMillis, reconnectMinMillis, 60_000);
  }

  static PeerSettings from(Settings settings, int clientPort, Machine machine) {
    return new PeerSettings(settings.autoOrPort("torc.peer.port", clientPort, 10_000),
        Optional.of(settings.text("torc.peer.source")).filter(address -> !address.isEmpty()),
        settings.autoOrBytes("torc.peer.queue-limit", machine.outputBytes()), settings.bytesInt("torc.peer.chunk"),
        settings.bytesInt("torc.peer.frame-limit"),
        settings.autoOrBytes("torc.peer.input-limit", machine.queueBytes()), settings.millis("torc.peer.reconnect-min"),
        settings.millis("torc.peer.reconnect-max"));
  }
}
