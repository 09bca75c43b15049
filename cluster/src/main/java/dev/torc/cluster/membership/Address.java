package dev.torc.cluster.membership;

import java.util.Objects;

/** Where a node listens for gossip (udp) and peers (tcp). */
public record Address(String host, int port) {

  public Address {
    Objects.requireNonNull(host);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
