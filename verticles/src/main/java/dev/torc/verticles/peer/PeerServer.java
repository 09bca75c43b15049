package dev.torc.verticles.peer;

import dev.torc.cluster.wire.GossipCodec;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.cluster.wire.PeerCodec;
import dev.torc.cluster.wire.PeerHello;
import dev.torc.cluster.wire.StateRequest;
import dev.torc.verticles.config.PeerSettings;
import dev.torc.verticles.loop.LoopTurn;
import dev.torc.verticles.loop.PeerEvents;
import dev.torc.verticles.loop.NodeMemory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes other nodes' connections for one event loop, whose coordinator does what they ask. */
public final class PeerServer {
  private static final Logger LOG = LoggerFactory.getLogger(PeerServer.class);
  /** Who has not said who he is by then is no node. */
  static final long HELLO_MILLIS = 5_000;
  private static final byte[] REFUSAL = new byte[0];

  private final Vertx vertx;
  private final NetServer server;
  private final PeerHello hello;
  private final PeerSettings settings;
  private final NodeMemory memory;
  private final PeerEvents machines;
  private final LoopTurn turn;
  private final PeerLinks links;

  public PeerServer(Vertx vertx, PeerHello hello, PeerSettings settings, NodeMemory memory, PeerEvents machines,
      LoopTurn turn,
      PeerLinks links) {
    this.server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true)).connectHandler(this::onConnection);
    this.vertx = vertx;
    this.hello = hello;
    this.settings = settings;
    this.memory = memory;
    this.machines = machines;
    this.turn = turn;
    this.links = links;
  }

  public Future<?> listen(int port, String host) {
    return server.listen(port, host);
  }

  public Future<Void> close() {
    return server.close();
  }

  private void onConnection(NetSocket socket) {
    new Incoming(socket);
  }

  private final class Incoming {
    private final FrameSocket frames;
    private long origin;

    private Incoming(NetSocket socket) {
      frames = new FrameSocket(socket, turn, settings, memory, vertx.getOrCreateContext(), this::onMessage);
      frames.onClose(() -> links.closed(origin));
      vertx.setTimer(HELLO_MILLIS, timer -> {
        if (origin == 0) {
          frames.close();
        }
      });
    }

    private void onMessage(byte[] message) {
      if (origin != 0) {
        machines.onPeerMessage(origin, PeerCodec.decode(message));
      } else if (StateRequest.begins(message)) {
        tellState(StateRequest.decode(message));
      } else if (isWelcome(message)) {
        origin = links.opened(frames);
        frames.send(hello.encode());
      } else {
        frames.send(REFUSAL);
        throw new MalformedException("a node of another cluster, or of another version");
      }
    }

    /** Who asked hangs up; if he does not, his time to say who he is runs out. */
    private void tellState(StateRequest request) {
      if (!request.cluster().equals(hello.cluster())) {
        throw new MalformedException("a node of another cluster");
      }
      frames.send(GossipCodec.encode(links.state()));
    }

    private boolean isWelcome(byte[] message) {
      try {
        return PeerHello.decode(message).cluster().equals(hello.cluster());
      } catch (MalformedException other) {
        LOG.debug("refused a peer: {}", other.getMessage());
        return false;
      }
    }
  }
}
