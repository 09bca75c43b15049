package dev.torc.verticles.peer;

import dev.torc.cluster.wire.FrameAssembler;
import dev.torc.cluster.wire.FrameQueue;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.verticles.config.PeerSettings;
import dev.torc.verticles.loop.LoopTurn;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection between two nodes, in either direction: messages in, messages out, a loop turn's together. */
final class FrameSocket {
  private static final Logger LOG = LoggerFactory.getLogger(FrameSocket.class);
  private static final int FRAME_ROOM = 64;

  private final NetSocket socket;
  private final LoopTurn turn;
  private final FrameQueue outgoing;
  private final FrameAssembler incoming;
  private final Consumer<byte[]> onMessage;
  private boolean leaving;

  /** @param onMessage told of each message; may throw {@link MalformedException}, which closes the connection */
  FrameSocket(NetSocket socket, LoopTurn turn, PeerSettings settings, Consumer<byte[]> onMessage) {
    this.socket = socket;
    this.turn = turn;
    this.onMessage = onMessage;
    this.outgoing = new FrameQueue(settings.chunkBytes(), settings.queueLimitBytes());
    this.incoming = new FrameAssembler(settings.chunkBytes() + FRAME_ROOM, settings.frameLimitBytes());
    socket.setWriteQueueMaxSize(4 * settings.chunkBytes());
    socket.handler(this::onData);
    socket.drainHandler(nothing -> write());
    socket.exceptionHandler(broken -> LOG.debug("connection with {}: {}", socket.remoteAddress(), broken.toString()));
  }

  /** False if too much is waiting already. */
  boolean send(byte[] message) {
    boolean taken = outgoing.offer(message);
    if (taken && !leaving) {
      leaving = true;
      turn.atEnd(this::write);
    }
    return taken;
  }

  void onClose(Runnable closed) {
    socket.closeHandler(nothing -> closed.run());
  }

  void close() {
    socket.close();
  }

  long waitingBytes() {
    return outgoing.waitingBytes();
  }

  private void write() {
    leaving = false;
    while (!outgoing.isEmpty() && !socket.writeQueueFull()) {
      socket.write(Buffer.buffer(outgoing.next()));
    }
  }

  private void onData(Buffer data) {
    try {
      for (var message : incoming.feed(data.getBytes())) {
        onMessage.accept(message);
      }
    } catch (MalformedException garbage) {
      LOG.warn("closing the connection with {}: {}", socket.remoteAddress(), garbage.getMessage());
      write();
      socket.close();
    }
  }
}
