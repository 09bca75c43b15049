package dev.torc.verticles;

import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.wire.FrameQueue;
import dev.torc.cluster.wire.GossipCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A node that tells whoever connects whom it knows, and nothing else. */
final class TellingPeer implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicReference<List<Member>> entries = new AtomicReference<>(List.of());
  private final AtomicInteger silentFor = new AtomicInteger();

  TellingPeer() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  void says(Member... members) {
    entries.set(List.of(members));
  }

  /** Knows nobody yet for the first so many that ask. */
  void saysLater(int asked, Member... members) {
    silentFor.set(asked);
    says(members);
  }

  private void serve() {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        var told = silentFor.getAndDecrement() > 0 ? List.<Member>of() : entries.get();
        var frames = new FrameQueue(1 << 20, 1 << 20);
        frames.offer(GossipCodec.encode(new GossipMessage.State("torc", told, List.of())));
        socket.getOutputStream().write(frames.next());
        // Until the asker hangs up: a socket that is closed with something unread takes its answer along.
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException gone) {
        // The next one.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
