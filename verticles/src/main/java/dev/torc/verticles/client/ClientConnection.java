package dev.torc.verticles.client;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Command;
import dev.torc.protocol.command.ConnectionCommand;
import dev.torc.protocol.command.ConnectionCommand.ReplyMode;
import dev.torc.protocol.resp.ProtocolException;
import dev.torc.protocol.resp.ReplyPipeline;
import dev.torc.protocol.resp.RespBuffer;
import dev.torc.protocol.resp.RespDecoder;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's socket: bytes to commands, replies to bytes, in order. Reads no further while too many commands are under way or too many bytes wait to
 * leave, so a client costs a bounded amount of memory whatever it sends and however slowly it reads.
 */
final class ClientConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
  private static final int WRITE_BYTES = 256 * 1024;

  private final NetSocket socket;
  private final ClientLoop loop;
  private final ClientSession session;
  private final RespDecoder decoder;
  private final ReplyPipeline pipeline;
  private final KeyOrder order = new KeyOrder();
  private final RespBuffer out = new RespBuffer();
  private long unsentBytes;
  private long heldBytes;
  private long partialSinceMillis;
  private boolean flushing;
  private boolean paused;
  private boolean ending;
  private boolean closed;

  ClientConnection(NetSocket socket, ClientLoop loop) {
    this.socket = socket;
    this.loop = loop;
    this.session = new ClientSession(loop.clients().nextId(), socket.remoteAddress().toString(),
        socket.localAddress().toString(),
        SystemClock.now().wallMillis());
    this.decoder = new RespDecoder(loop.respLimits());
    this.pipeline = new ReplyPipeline(loop.limits().maxPipelined());
    socket.handler(this::onData);
    socket.closeHandler(nothing -> onClosed());
    socket.exceptionHandler(broken -> LOG.debug("client {}: {}", session.address, broken.toString()));
  }

  ClientSession session() {
    return session;
  }

  /** The address by which the client reached this node. */
  String localHost() {
    return socket.localAddress().hostAddress();
  }

  String line() {
    return session.line(decoder.bufferedBytes(), unsentBytes, SystemClock.now().wallMillis());
  }

  /** From any thread. */
  void kill() {
    loop.run(this::close);
  }

  /** Reads no more, and closes when everything is answered. */
  void end() {
    ending = true;
  }

  /** Closes a connection that keeps quiet for too long, or in the middle of a command. */
  void onTick(long nowMillis) {
    long idle = loop.limits().idleTimeoutMillis();
    boolean tooIdle = idle > 0 && pipeline.isEmpty() && nowMillis - session.lastActiveMillis > idle;
    long patience = loop.limits().commandTimeoutMillis();
    boolean tooSlow = patience > 0 && !paused && partialSinceMillis > 0 && nowMillis - partialSinceMillis > patience;
    if (tooIdle || tooSlow) {
      LOG.debug("closing {}: {}", session.address, tooSlow ? "a command was not completed in time" : "idle");
      close();
    }
  }

  void refuse(String error) {
    socket.write(Buffer.buffer("-" + error + "\r\n"));
    socket.close();
  }

  private void onData(Buffer data) {
    if (ending) {
      return;
    }
    session.lastActiveMillis = loop.nowMillis();
    decoder.feed(data.getBytes());
    readCommands();
  }

  private void readCommands() {
    try {
      while (!ending && mayRead()) {
        var words = decoder.next();
        if (words == null) {
          boolean partial = decoder.bufferedBytes() > 0;
          partialSinceMillis = !partial ? 0 : partialSinceMillis > 0 ? partialSinceMillis : session.lastActiveMillis;
          break;
        }
        partialSinceMillis = 0;
        onCommand(words);
      }
    } catch (ProtocolException garbage) {
      onGarbage(garbage);
    }
    pauseOrResume();
  }

  private boolean mayRead() {
    return !pipeline.isFull() && unsentBytes + heldBytes < loop.limits().outputPauseBytes();
  }

  private void pauseOrResume() {
    boolean pause = !mayRead() && !ending;
    if (pause && !paused) {
      socket.pause();
    } else if (!pause && paused) {
      socket.resume();
    }
    paused = pause;
  }

  private void onCommand(List<Bytes> words) {
    var command = loop.parser().parse(words);
    long startNanos = loop.meters().start();
    session.lastCommand = loop.meters().nameOf(command);
    if (command instanceof ConnectionCommand.ClientReply mode
        && !(mode.mode() == ReplyMode.SKIP && session.replyMode == ReplyMode.OFF)) {
      session.replyMode = mode.mode();
    }
    if (command instanceof ConnectionCommand || command instanceof Command.Refused
        || command instanceof Command.Answered) {
      runAtOnce(command, startNanos);
      return;
    }
    long ticket = pipeline.open(session.version);
    var mode = takeReplyMode();
    var claim = new KeyOrder.Claim[1];
    Runnable start = () -> loop.runner().run(command, this, reply -> {
      claim[0].done();
      loop.meters().record(command, reply, startNanos);
      reply(ticket, reply, mode);
    });
    claim[0] = order.claim(command, start);
    order.submit(claim[0]);
  }

  /** What concerns the connection itself happens in the order in which it was sent: HELLO changes how later replies look. */
  private void runAtOnce(Command command, long startNanos) {
    loop.runner().run(command, this, reply -> {
      long ticket = pipeline.open(session.version);
      loop.meters().record(command, reply, startNanos);
      reply(ticket, reply, command instanceof ConnectionCommand.ClientReply ? session.replyMode : takeReplyMode());
    });
    if (command instanceof ConnectionCommand.Quit) {
      end();
    }
  }

  private ReplyMode takeReplyMode() {
    var mode = session.replyMode;
    if (mode == ReplyMode.SKIP) {
      session.replyMode = ReplyMode.ON;
    }
    return mode;
  }

  private void onGarbage(ProtocolException garbage) {
    ending = true;
    if (garbage.silent()) {
      close();
      return;
    }
    reply(pipeline.open(session.version), RespValue.error(garbage.errorText()), ReplyMode.ON);
  }

  private void reply(long ticket, RespValue reply, ReplyMode mode) {
    if (closed) {
      return;
    }
    if (mode == ReplyMode.ON) {
      pipeline.complete(ticket, reply);
      heldBytes += reply instanceof RespValue.Bulk bulk ? bulk.bytes().size() : 0;
    } else {
      pipeline.skip(ticket);
    }
    if (unsentBytes + heldBytes > loop.limits().outputLimitBytes()) {
      LOG.warn("closing {}: more than {} bytes of replies wait to be read", session.address,
          loop.limits().outputLimitBytes());
      close();
    } else if (!flushing) {
      flushing = true;
      loop.turn().atEnd(this::flush);
    }
  }

  private void flush() {
    flushing = false;
    if (closed) {
      return;
    }
    while (pipeline.drainTo(out, WRITE_BYTES)) {
      heldBytes = 0;
      if (out.size() > 0) {
        var bytes = out.take();
        unsentBytes += bytes.length;
        socket.write(Buffer.buffer(bytes)).onComplete(written -> onSent(bytes.length));
      }
    }
    if (ending && pipeline.isEmpty()) {
      close();
    } else if (paused && mayRead()) {
      readCommands();
    }
  }

  private void onSent(int bytes) {
    unsentBytes -= bytes;
    if (paused && !closed && mayRead()) {
      readCommands();
    }
  }

  private void close() {
    socket.close();
  }

  private void onClosed() {
    closed = true;
    ending = true;
    loop.onClosed(this);
  }
}
