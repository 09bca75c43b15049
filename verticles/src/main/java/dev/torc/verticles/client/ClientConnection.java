package dev.torc.verticles.client;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Access;
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
  private final Farewell farewell = new Farewell();
  private final RespBuffer out = new RespBuffer();
  private final ReplyOutlet outlet;
  private final InputHold input;
  private final ReplyHold replies;
  private long heldBytes;
  private long partialSinceMillis;
  private long sentAtMillis;
  private boolean flushing;
  private boolean paused;
  private boolean closed;

  ClientConnection(NetSocket socket, ClientLoop loop) {
    this.socket = socket;
    this.loop = loop;
    this.session = new ClientSession(loop.clients().nextId(), socket.remoteAddress().toString(),
        socket.localAddress().toString(),
        SystemClock.now().wallMillis());
    this.decoder = new RespDecoder(loop.respLimits());
    this.pipeline = new ReplyPipeline(loop.limits().maxPipelined());
    this.outlet = new ReplyOutlet(socket, this::onSent);
    var memory = loop.memory();
    this.input = new InputHold(memory.commands(), () -> loop.run(this::onInputGranted));
    this.replies = new ReplyHold(memory.replies(), memory.sizes(), () -> loop.run(this::onReplyGranted));
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
    return session.line(decoder.bufferedBytes(), outlet.unsentBytes(), SystemClock.now().wallMillis());
  }

  /** From any thread. */
  void kill() {
    loop.run(this::close);
  }

  /** Whether it has gone, or goes as soon as everything is answered. */
  boolean isLeaving() {
    return farewell.isBegun();
  }

  /** Reads no more, and closes when everything is answered. */
  void end() {
    farewell.begin(false);
  }

  /** Closes a connection that keeps quiet for too long, or in the middle of a command, or reads nothing while others need its memory. */
  void onTick(long nowMillis) {
    long idle = loop.limits().idleTimeoutMillis();
    boolean tooIdle = idle > 0 && pipeline.isEmpty() && nowMillis - session.lastActiveMillis > idle;
    long patience = loop.limits().commandTimeoutMillis();
    boolean tooSlow = patience > 0 && !paused && partialSinceMillis > 0 && nowMillis - partialSinceMillis > patience;
    boolean unread = patience > 0 && outlet.unsentBytes() > 0 && replies.isInTheWay()
        && nowMillis - sentAtMillis > patience;
    if (tooIdle || tooSlow || unread) {
      LOG.debug("closing {}: {}", session.address,
          tooSlow ? "a command was not completed in time" : unread ? "replies were not read in time" : "idle");
      close();
    }
  }

  private void onData(Buffer data) {
    if (farewell.isBegun()) {
      farewell.onData(data.length());
      return;
    }
    session.lastActiveMillis = loop.nowMillis();
    decoder.feed(data.getBytes());
    readCommands();
  }

  private void readCommands() {
    try {
      while (!farewell.isBegun() && mayRead()) {
        var words = decoder.next();
        if (words == null) {
          boolean partial = decoder.bufferedBytes() > 0;
          input.onPartial(decoder);
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
    return !pipeline.isFull() && !input.waits() && !replies.waits()
        && unsentBytes() + replies.expectedBytes() < loop.limits().outputPauseBytes();
  }

  private long unsentBytes() {
    return outlet.unsentBytes() + heldBytes;
  }

  private void onInputGranted() {
    input.onGranted();
    if (!closed) {
      readCommands();
    }
  }

  private void onReplyGranted() {
    if (!closed) {
      replies.startWaiting();
      readCommands();
    }
  }

  private void pauseOrResume() {
    boolean pause = !mayRead() && !farewell.isBegun();
    if (pause && !paused) {
      socket.pause();
    } else if (!pause && paused) {
      partialSinceMillis = partialSinceMillis > 0 ? loop.nowMillis() : 0;
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
    if (CommandRunner.isAtOnce(command)) {
      runAtOnce(command, startNanos);
      return;
    }
    long ticket = pipeline.open(session.version);
    var mode = takeReplyMode();
    var terms = session.terms;
    var claim = new KeyOrder.Claim[1];
    long written = input.onCommand();
    long read = command.access() == Access.WRITE ? 0 : replies.expected(command.keys());
    Runnable run = () -> loop.runner().run(command, this, terms, reply -> {
      replies.onRead(read);
      claim[0].done();
      loop.meters().record(command, reply, startNanos);
      reply(ticket, reply, mode);
      if (written > 0) {
        onWritten(written);
      }
    });
    Runnable start = read == 0 ? run : () -> replies.start(read, run);
    claim[0] = order.claim(command, terms.session().isPresent(), start);
    order.submit(claim[0]);
  }

  private void onWritten(long bytes) {
    if (!closed) {
      input.onAnswered(bytes);
      if (input.waits()) {
        input.onPartial(decoder);
      }
    }
  }

  /** What concerns the connection itself happens in the order in which it was sent: HELLO changes how later replies look. */
  private void runAtOnce(Command command, long startNanos) {
    loop.runner().run(command, this, session.terms, reply -> {
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
    farewell.begin(true);
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
      heldBytes += ReplyHold.bytesOf(reply);
    } else {
      pipeline.skip(ticket);
    }
    if (unsentBytes() > loop.limits().outputLimitBytes()) {
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
    while (outlet.isFree() && pipeline.drainTo(out, WRITE_BYTES)) {
      heldBytes = pipeline.isEmpty() ? 0 : Math.max(0, heldBytes - out.size());
      if (out.size() > 0) {
        sentAtMillis = loop.nowMillis();
        outlet.write(out.take());
      }
    }
    replies.onUnsent(unsentBytes(), outlet.unsentBytes() > 0);
    if (farewell.isBegun() && pipeline.isEmpty() && outlet.isFree()) {
      farewell.say(loop, this::close);
    } else if (paused && mayRead()) {
      readCommands();
    }
  }

  private void onSent() {
    sentAtMillis = loop.nowMillis();
    boolean waited = paused || farewell.isBegun() || !outlet.isFree() || !pipeline.isEmpty() || replies.holds();
    if (waited && !closed && !flushing) {
      flushing = true;
      loop.turn().atEnd(this::flush);
    }
  }

  private void close() {
    socket.close();
  }

  private void onClosed() {
    closed = true;
    farewell.begin(false);
    input.close();
    replies.close();
    loop.onClosed(this);
  }
}
