package dev.torc.verticles.peer;

import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.wire.PeerCodec;
import dev.torc.cluster.wire.PeerHello;
import dev.torc.verticles.config.PeerSettings;
import dev.torc.verticles.loop.LoopTurn;
import dev.torc.verticles.loop.PeerEvents;
import dev.torc.verticles.loop.NodeMemory;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's connection to one peer, made again whenever it breaks, with growing pauses. */
final class PeerLink {
  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

  private final Vertx vertx;
  private final NetClient client;
  private final PeerHello hello;
  private final PeerSettings settings;
  private final NodeMemory memory;
  private final PeerEvents machines;
  private final LoopTurn turn;
  private final Runnable onChange;
  private Member peer;
  private FrameSocket socket;
  private boolean ready;
  private boolean warned;
  private boolean closed;
  private long pauseMillis;
  private long retryTimer = -1;
  private long attempt;

  /** @param onChange told when the link became usable, or ceased to be */
  PeerLink(Vertx vertx, NetClient client, PeerHello hello, PeerSettings settings, NodeMemory memory,
      PeerEvents machines, LoopTurn turn, Member peer,
      Runnable onChange) {
    this.vertx = vertx;
    this.client = client;
    this.hello = hello;
    this.settings = settings;
    this.memory = memory;
    this.machines = machines;
    this.turn = turn;
    this.peer = peer;
    this.onChange = onChange;
    this.pauseMillis = settings.reconnectMinMillis();
    connect();
  }

  /**
   * The peer as gossip knows it now; an address that has changed is used for the next attempt.
   *
   * @param isBack whether it has just been heard of again, after it was away
   */
  void onMember(Member member, boolean isBack) {
    boolean isRestarted = member.generation() != peer.generation();
    peer = member;
    if ((isBack || isRestarted) && !ready && !closed) {
      pauseMillis = settings.reconnectMinMillis();
      reconnect();
    }
  }

  /** An attempt that is under way may have been lost on its way; a greeting too. */
  private void reconnect() {
    vertx.cancelTimer(retryTimer);
    if (socket != null) {
      socket.onClose(() -> {});
      socket.close();
      socket = null;
    }
    connect();
  }

  /**
   * The peer went silent. A connection that stands through a partition does not notice when that ends: TCP repeats itself ever more seldom, and
   * what is asked meanwhile waits as long again as the partition took. A new one is there within the pauses of {@link #retry}.
   */
  void onDown() {
    if (socket != null) {
      socket.close();
    }
  }

  boolean isReady() { return ready; }

  boolean send(PeerMessage message) {
    return ready && socket.send(PeerCodec.encode(message));
  }

  long waitingBytes() {
    return socket == null ? 0 : socket.waitingBytes();
  }

  void close() {
    closed = true;
    if (socket != null) {
      socket.close();
    }
  }

  private void connect() {
    long mine = ++attempt;
    client.connect(peer.peerPort(), peer.host()).onComplete(connected -> onConnected(connected, mine), failure -> {
      if (mine == attempt) {
        retry();
      }
    });
  }

  private void onConnected(NetSocket connected, long itsAttempt) {
    if (closed || itsAttempt != attempt) {
      connected.close();
      return;
    }
    socket = new FrameSocket(connected, turn, settings, memory, vertx.getOrCreateContext(), this::onMessage);
    socket.onClose(this::onClosed);
    socket.send(hello.encode());
    var greeted = socket;
    vertx.setTimer(PeerServer.HELLO_MILLIS, timer -> {
      if (!ready) {
        greeted.close();
      }
    });
  }

  private void onMessage(byte[] message) {
    if (ready) {
      machines.onPeerMessage(0, PeerCodec.decode(message));
    } else if (message.length == 0) {
      turnAway(peer.name() + " at " + address() + " does not talk to this node: another cluster's, or another version");
    } else if (!PeerHello.decode(message).node().equals(peer.id())) {
      turnAway("at " + address() + " answers another node than " + peer.name());
    } else {
      ready = true;
      warned = false;
      pauseMillis = settings.reconnectMinMillis();
      onChange.run();
    }
  }

  /** Said once, however often the link is tried again. */
  private void turnAway(String why) {
    if (!warned) {
      warned = true;
      LOG.warn(why);
    }
    socket.close();
  }

  private String address() {
    return peer.host() + ":" + peer.peerPort();
  }

  private void onClosed() {
    boolean was = ready;
    ready = false;
    socket = null;
    if (was) {
      onChange.run();
    }
    retry();
  }

  private void retry() {
    if (!closed) {
      retryTimer = vertx.setTimer(pauseMillis, timer -> {
        if (!closed) {
          connect();
        }
      });
      pauseMillis = Math.min(settings.reconnectMaxMillis(), pauseMillis * 2);
    }
  }
}
