package dev.torc.verticles.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** Encoded replies on their way into a socket: large ones in pieces, as the client takes them, because the socket copies outside the heap what it is given. */
final class ReplyOutlet {
  private static final int PIECE_BYTES = 256 * 1024;

  private final NetSocket socket;
  private final Runnable onSent;
  private byte[] current = new byte[0];
  private int at;
  private long unsentBytes;

  ReplyOutlet(NetSocket socket, Runnable onSent) {
    this.socket = socket;
    this.onSent = onSent;
    socket.setWriteQueueMaxSize(PIECE_BYTES);
    socket.drainHandler(drained -> pump());
  }

  /** Whether the next bytes may be given. */
  boolean isFree() {
    return at == current.length && !socket.writeQueueFull();
  }

  /** Given and not sent. */
  long unsentBytes() {
    return unsentBytes;
  }

  void write(byte[] bytes) {
    unsentBytes += bytes.length;
    if (bytes.length <= PIECE_BYTES) {
      send(Buffer.buffer(bytes), bytes.length);
      return;
    }
    current = bytes;
    at = 0;
    pump();
  }

  private void pump() {
    while (at < current.length && !socket.writeQueueFull()) {
      int length = Math.min(PIECE_BYTES, current.length - at);
      var piece = Buffer.buffer(length).appendBytes(current, at, length);
      at += length;
      send(piece, length);
    }
    if (at == current.length && current.length > 0) {
      current = new byte[0];
      at = 0;
    }
    onSent.run();
  }

  private void send(Buffer piece, int bytes) {
    socket.write(piece).onComplete(written -> {
      unsentBytes -= bytes;
      onSent.run();
    });
  }
}
