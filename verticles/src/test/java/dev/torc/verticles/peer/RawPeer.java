package dev.torc.verticles.peer;

import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.wire.FrameAssembler;
import dev.torc.cluster.wire.FrameQueue;
import dev.torc.cluster.wire.PeerCodec;
import dev.torc.cluster.wire.PeerHello;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The other end of a connection between nodes, in the test's hands. */
final class RawPeer implements AutoCloseable {
  static final NodeId ID = new NodeId(99);
  static final int CHUNK = 64 << 10;
  private static final int PATIENCE_MILLIS = 20_000;

  final FrameQueue outgoing = new FrameQueue(CHUNK, 64 << 20);
  private final FrameAssembler incoming = new FrameAssembler(CHUNK + 64, 64 << 20);
  private final Deque<byte[]> arrived = new ArrayDeque<>();
  private final Socket socket;

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  static RawPeer to(int port) throws IOException {
    return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  static RawPeer welcomedBy(int port) throws IOException {
    var peer = to(port);
    peer.send(new PeerHello("torc", ID).encode());
    PeerHello.decode(peer.receiveBytes());
    return peer;
  }

  RawPeer send(PeerMessage... messages) {
    Arrays.stream(messages).map(PeerCodec::encode).forEach(outgoing::offer);
    while (!outgoing.isEmpty()) {
      sendNext();
    }
    return this;
  }

  void send(byte[] message) {
    outgoing.offer(message);
    sendNext();
  }

  /** What waits and is small, and one chunk. */
  void sendNext() {
    sendRaw(outgoing.next());
  }

  void sendRaw(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  PeerMessage receive() {
    return PeerCodec.decode(receiveBytes());
  }

  PeerMessage.Single receiveSingle() {
    return (PeerMessage.Single) receive();
  }

  PeerMessage.Together receiveTogether() {
    return (PeerMessage.Together) receive();
  }

  byte[] receiveBytes() {
    while (arrived.isEmpty()) {
      var bytes = read();
      if (bytes.length == 0) {
        throw new IllegalStateException("closed by the node");
      }
      arrived.addAll(incoming.feed(bytes));
    }
    return arrived.poll();
  }

  boolean isAtEnd() { return arrived.isEmpty() && read().length == 0; }

  private byte[] read() {
    try {
      var buffer = new byte[1 << 16];
      int count = socket.getInputStream().read(buffer);
      return Arrays.copyOf(buffer, Math.max(0, count));
    } catch (SocketException reset) {
      return new byte[0];
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    hangUp();
  }

  void hangUp() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
