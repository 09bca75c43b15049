package dev.torc.verticles.gossip;

import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.wire.FrameAssembler;
import dev.torc.cluster.wire.FrameQueue;
import dev.torc.cluster.wire.GossipCodec;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.cluster.wire.StateRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a node for all it knows of the members: a connection to its peer port, one frame each way. Whatever fails is asked for again another time. */
public final class StateFetch {
  private static final Logger LOG = LoggerFactory.getLogger(StateFetch.class);
  private static final int TIMEOUT_MILLIS = 5_000;
  /** Some hundred bytes a member. */
  private static final int LONGEST = 16 << 20;

  /** Told of the state, and whose it is. */
  interface Told {
    void on(GossipMessage state, String host, int port);
  }

  private final Vertx vertx;
  private final Context context;
  private final NetClient client;
  private final byte[] request;

  /**
   * To be made on an event loop, or on none.
   *
   * @param source the address to connect from, if it matters
   */
  public StateFetch(Vertx vertx, String cluster, Optional<String> source) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    var options = new NetClientOptions().setConnectTimeout(TIMEOUT_MILLIS);
    source.ifPresent(options::setLocalAddress);
    this.client = vertx.createNetClient(options);
    var frames = new FrameQueue(LONGEST, LONGEST);
    frames.offer(new StateRequest(cluster).encode());
    this.request = frames.next();
  }

  /** The answer comes on an event loop. */
  void fetch(String host, int port, Told told) {
    context.runOnContext(nothing -> connect(host, port, told));
  }

  private void connect(String host, int port, Told told) {
    client.connect(port, host).onSuccess(socket -> {
      var frames = new FrameAssembler(LONGEST, LONGEST);
      socket.handler(data -> onData(frames, data, socket, state -> told.on(state, host, port)));
      socket.exceptionHandler(broken -> LOG.debug("{}:{} did not tell what it knows: {}", host, port, broken));
      socket.write(Buffer.buffer(request));
      vertx.setTimer(TIMEOUT_MILLIS, timer -> socket.close());
    }).onFailure(failed -> LOG.debug("{}:{} did not tell what it knows: {}", host, port, failed.toString()));
  }

  private static void onData(FrameAssembler frames, Buffer data, NetSocket socket,
      Consumer<GossipMessage> told) {
    try {
      for (var message : frames.feed(data.getBytes())) {
        socket.close();
        told.accept(GossipCodec.decode(message));
      }
    } catch (MalformedException garbage) {
      LOG.debug("{} did not tell what it knows: {}", socket.remoteAddress(), garbage.getMessage());
      socket.close();
    }
  }
}
