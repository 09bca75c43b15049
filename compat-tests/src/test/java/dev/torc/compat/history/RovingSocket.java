package dev.torc.compat.history;

import dev.torc.compat.resp.RespSocket;
import java.io.UncheckedIOException;
import java.util.function.IntFunction;

/** A client's connection to one node at a time, and to the next one when that fails it. */
final class RovingSocket implements AutoCloseable {
  private final int nodes;
  private final IntFunction<RespSocket> connect;
  private RespSocket socket;
  private int node;

  /**
   * @param first any number; of so many nodes it says which to begin with
   * @param connect to node 0, 1, …; may throw {@link UncheckedIOException}
   */
  RovingSocket(int first, int nodes, IntFunction<RespSocket> connect) {
    this.nodes = nodes;
    this.connect = connect;
    this.node = first % nodes;
  }

  /** Whether there is a connection now; if not, the next attempt goes to the next node. */
  boolean isConnected() {
    try {
      if (socket == null) {
        socket = connect.apply(node);
      }
      return true;
    } catch (UncheckedIOException refused) {
      leave();
      return false;
    }
  }

  /** That is asked next. */
  int node() {
    return node;
  }

  /** While connected. @throws UncheckedIOException when the connection breaks or nothing comes in time; then leave */
  Object call(String... words) {
    return socket.call(words);
  }

  /** To the next node. */
  void leave() {
    close();
    node = (node + 1) % nodes;
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
