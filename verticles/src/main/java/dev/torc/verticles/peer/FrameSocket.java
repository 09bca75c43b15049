package dev.torc.verticles.peer;

import dev.torc.cluster.wire.FrameAssembler;
import dev.torc.cluster.wire.FrameQueue;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.verticles.config.PeerSettings;
import dev.torc.verticles.loop.ByteBudget;
import dev.torc.verticles.loop.LoopTurn;
import dev.torc.verticles.loop.NodeMemory;
import io.vertx.core.Context;
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
  private final ByteBudget.Share largeOut;
  private final ByteBudget.Share unfinished;
  private final int chunkBytes;
  private Runnable closed = () -> {};
  private boolean ended;
  private boolean holdsOut;
  private boolean holdsIn;
  private boolean leaving;

  /** @param onMessage told of each message; may throw {@link MalformedException}, which closes the connection */
  FrameSocket(NetSocket socket, LoopTurn turn, PeerSettings settings, NodeMemory memory, Context context,
      Consumer<byte[]> onMessage) {
    this.socket = socket;
    this.turn = turn;
    this.onMessage = onMessage;
    this.largeOut = memory.toPeers().share(() -> {});
    this.unfinished = memory.fromPeers().share(() -> context.runOnContext(nothing -> socket.resume()));
    this.chunkBytes = settings.chunkBytes();
    socket.closeHandler(nothing -> onClosed());
    this.outgoing = new FrameQueue(settings.chunkBytes(), settings.queueLimitBytes());
    this.incoming = new FrameAssembler(settings.chunkBytes() + FRAME_ROOM, settings.frameLimitBytes());
    socket.setWriteQueueMaxSize(4 * settings.chunkBytes());
    socket.handler(this::onData);
    socket.drainHandler(nothing -> write());
    socket.exceptionHandler(broken -> LOG.debug("connection with {}: {}", socket.remoteAddress(), broken.toString()));
  }

  /** False if too much is waiting already. */
  boolean send(byte[] message) {
    boolean taken = !ended && hasRoomFor(message) && outgoing.offer(message);
    if (taken && !leaving) {
      leaving = true;
      turn.atEnd(this::write);
    }
    return taken;
  }

  void onClose(Runnable told) {
    closed = told;
  }

  private void onClosed() {
    ended = true;
    largeOut.close();
    unfinished.close();
    closed.run();
  }

  /** A large message must find room among those to all peers; it is refused at once otherwise. */
  private boolean hasRoomFor(byte[] message) {
    if (message.length <= chunkBytes) {
      return true;
    }
    boolean room = largeOut.raiseNow(outgoing.waitingBytes() + message.length);
    holdsOut |= room;
    return room;
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
    if (holdsOut && !ended) {
      largeOut.become(outgoing.waitingBytes());
      holdsOut = outgoing.waitingBytes() > 0;
    }
  }

  private void holdUnfinished() {
    long bytes = incoming.unfinishedBytes();
    if (ended || bytes == 0 && !holdsIn) {
      return;
    }
    if (bytes < unfinished.held()) {
      unfinished.become(bytes);
    } else if (!unfinished.raise(bytes, true)) {
      socket.pause();
    }
    holdsIn = bytes > 0;
  }

  private void onData(Buffer data) {
    try {
      for (var message : incoming.feed(data.getBytes())) {
        onMessage.accept(message);
      }
      holdUnfinished();
    } catch (MalformedException garbage) {
      LOG.warn("closing the connection with {}: {}", socket.remoteAddress(), garbage.getMessage());
      write();
      socket.close();
    }
  }
}
