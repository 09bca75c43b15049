package dev.torc.verticles.cli;

import dev.torc.verticles.config.NodeConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Optional;

/** The ports of one node; finds the one that another process holds, since the system's own message does not name it. */
record PortCheck(String host, int client, int peer, int http) {

  static PortCheck of(NodeConfig config) {
    return new PortCheck(config.bind(), config.client().port(), config.peer().port(), config.httpPort());
  }

  /** One line about the first port in use; empty when all are free, or when the host is not one of this machine. */
  Optional<String> inUse() {
    return tcp(client, "clients").or(() -> tcp(peer, "peers")).or(() -> udp(peer)).or(() -> tcp(http, "HTTP"));
  }

  private Optional<String> tcp(int port, String what) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return Optional.empty();
    } catch (BindException taken) {
      return line(port, what, taken);
    } catch (IOException other) {
      return Optional.empty();
    }
  }

  private Optional<String> udp(int port) {
    try {
      new DatagramSocket(port, InetAddress.getByName(host)).close();
      return Optional.empty();
    } catch (BindException taken) {
      return line(port, "gossip", taken);
    } catch (SocketException | java.net.UnknownHostException other) {
      return Optional.empty();
    }
  }

  private Optional<String> line(int port, String what, BindException refused) {
    String message = String.valueOf(refused.getMessage());
    return Optional.of(message.contains("in use")
        ? "port " + port + " (" + what + ") on " + host + " is in use by another process"
        : "cannot listen on port " + port + " (" + what + ") of " + host + ": " + message);
  }

  @Override
  public String toString() {
    return host + " (ports " + client + ", " + peer + ", " + http + ")";
  }
}
