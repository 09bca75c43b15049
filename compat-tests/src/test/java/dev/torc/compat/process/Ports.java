package dev.torc.compat.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody has, below those that the system gives to outgoing connections. */
public final class Ports {
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 20_000;

  private Ports() {}

  /** A client port such that those of the next nodes, and each one's HTTP and peer ports, are free too. */
  public static int base(int nodes) {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int base = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (allFree(base, nodes)) {
        return base;
      }
    }
    throw new IllegalStateException("no free ports between " + LOWEST + " and " + HIGHEST);
  }

  private static boolean allFree(int base, int nodes) {
    for (int port = base; port < base + nodes; port++) {
      if (!isFree(port) || !isFree(port + 1_000) || !isFree(port + 10_000)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
