package dev.torc.verticles.peer;

import dev.torc.cluster.message.GossipMessage.State;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.wire.PeerCodec;
import dev.torc.cluster.wire.PeerHello;
import dev.torc.verticles.config.PeerSettings;
import dev.torc.verticles.gossip.ClusterView;
import dev.torc.verticles.loop.LoopTurn;
import dev.torc.verticles.loop.PeerEvents;
import dev.torc.verticles.loop.NodeMemory;
import dev.torc.verticles.loop.Peers;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One event loop's links to all other nodes, and the connections by which their requests come. A peer is live to this loop's coordinator while its link
 * stands and gossip has heard of it.
 */
public final class PeerLinks implements Peers {
  private static final StoreAnswer NO_ROOM = new StoreAnswer.Failed(StoreAnswer.Cause.BUSY,
      "too many large answers are waiting");

  private final Vertx vertx;
  /** Kept here: a client that nothing refers to is closed when it is collected. */
  private final NetClient client;
  private final PeerHello hello;
  private final PeerSettings settings;
  private final NodeMemory memory;
  private final PeerEvents machines;
  private final LoopTurn turn;
  private final TreeMap<NodeId, PeerLink> links = new TreeMap<>();
  private final TreeSet<NodeId> live = new TreeSet<>();
  private final TreeMap<Long, FrameSocket> origins = new TreeMap<>();
  private ClusterView view;
  private long nextOrigin;

  public PeerLinks(Vertx vertx, PeerHello hello, PeerSettings settings, NodeMemory memory, PeerEvents machines,
      LoopTurn turn) {
    this.vertx = vertx;
    var options = new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(2000);
    settings.source().ifPresent(options::setLocalAddress);
    this.client = vertx.createNetClient(options);
    this.hello = hello;
    this.settings = settings;
    this.memory = memory;
    this.machines = machines;
    this.turn = turn;
  }

  /** Links to whoever is a member now. Who can be reached again is tried at once, whatever pause was due. */
  public void onView(ClusterView newView) {
    var before = view;
    view = newView;
    for (var member : view.members()) {
      boolean wanted = member.state() != MemberState.LEFT && !member.id().equals(hello.node());
      var link = links.get(member.id());
      if (!wanted && link != null) {
        links.remove(member.id()).close();
      } else if (wanted && link != null) {
        link.onMember(member, before != null && !before.isAlive(member.id()) && view.isAlive(member.id()));
      } else if (wanted) {
        links.put(member.id(),
            new PeerLink(vertx, client, hello, settings, memory, machines, turn, member, () -> review(member.id())));
      }
      review(member.id());
    }
  }

  @Override
  public boolean send(NodeId to, PeerMessage message) {
    var link = links.get(to);
    return link != null && link.send(message);
  }

  @Override
  public void answer(long origin, PeerMessage message) {
    var socket = origins.get(origin);
    if (socket == null || socket.send(PeerCodec.encode(message))) {
      return;
    }
    switch (message) {
      case PeerMessage.Together together -> together.parts().forEach(part -> answer(origin, part));
      case PeerMessage.Single single -> answerNoRoom(socket, single);
    }
  }

  private static void answerNoRoom(FrameSocket socket, PeerMessage.Single message) {
    boolean told = message instanceof PeerMessage.Performed answer
        && socket.send(PeerCodec.encode(new PeerMessage.Performed(answer.id(), answer.hlc(), NO_ROOM)));
    if (!told) {
      socket.close();
    }
  }

  /** Bytes that wait to leave to peers. */
  public long waitingBytes() {
    return links.values().stream().mapToLong(PeerLink::waitingBytes).sum();
  }

  /** What this node knows of the members, for another. */
  State state() {
    return view == null
        ? new State(hello.cluster(), List.of(), List.of())
        : new State(hello.cluster(), view.members(), view.health().suspicions());
  }

  /** Peers that are reached, and are up. */
  public int live() {
    return live.size();
  }

  public int ready() {
    return (int) links.values().stream().filter(PeerLink::isReady).count();
  }

  public void close() {
    links.values().forEach(PeerLink::close);
    origins.values().forEach(FrameSocket::close);
    client.close();
  }

  long opened(FrameSocket socket) {
    origins.put(++nextOrigin, socket);
    return nextOrigin;
  }

  void closed(long origin) {
    origins.remove(origin);
  }

  private void review(NodeId peer) {
    var link = links.get(peer);
    boolean isLive = link != null && link.isReady() && view.isAlive(peer);
    if (isLive && live.add(peer)) {
      machines.onPeerUp(peer);
    } else if (!isLive && live.remove(peer)) {
      machines.onPeerDown(peer);
      if (link != null) {
        link.onDown();
      }
    }
  }
}
