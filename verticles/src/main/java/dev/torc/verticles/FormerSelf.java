package dev.torc.verticles;

import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.wire.FrameAssembler;
import dev.torc.cluster.wire.FrameQueue;
import dev.torc.cluster.wire.GossipCodec;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.cluster.wire.StateRequest;
import dev.torc.engine.NodeIdentity;
import dev.torc.verticles.config.NodeConfig;
import dev.torc.verticles.config.Seed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node whose data directory is empty may have been a member before: its disk was lost. If a seed knows a member of this very name and address, this node is that one again, with
 * everything to fetch from the other replicas. Nobody else can be it, since nobody else can listen there. Asked once, before anything of the node runs; with no seed to answer the
 * directory is that of a new node.
 */
final class FormerSelf {
  private static final Logger LOG = LoggerFactory.getLogger(FormerSelf.class);
  private static final int TIMEOUT_MILLIS = 1_000;
  private static final int LONGEST = 16 << 20;
  private static final int PIECE = 64 << 10;

  private final NodeConfig config;

  FormerSelf(NodeConfig config) {
    this.config = config;
  }

  /** Blocks, for a second a seed at most. */
  void comeBack() {
    if (NodeIdentity.isIn(config.data())) {
      return;
    }
    for (var seed : config.cluster().seeds()) {
      var members = ask(seed);
      for (var member : members) {
        if (isThis(member)) {
          NodeIdentity.comeBack(config.data(), member.id(), member.generation(), MembersFile.NAME,
              MembersFile.encode(members));
          LOG.warn(
              "{} is empty, and {} was a member of this name and address: this node takes its place again and fetches"
                  + " all that it held from the other replicas",
              config.data(), member.id());
          return;
        }
      }
    }
  }

  private boolean isThis(Member member) {
    return member.state() == MemberState.NORMAL && member.hasPosition() && member.name().equals(config.name())
        && member.host().equals(config.announceHost().orElse(config.bind()))
        && member.peerPort() == config.peer().port();
  }

  private List<Member> ask(Seed seed) {
    if (seed.port() == config.client().port() && seed.host().equals(config.bind())) {
      return List.of();
    }
    try (var socket = new Socket()) {
      if (config.peer().source().isPresent()) {
        socket.bind(new InetSocketAddress(config.peer().source().get(), 0));
      }
      socket.connect(new InetSocketAddress(seed.host(), seed.peerPort()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      var request = new FrameQueue(LONGEST, LONGEST);
      request.offer(new StateRequest(config.cluster().name()).encode());
      socket.getOutputStream().write(request.next());
      return GossipCodec.decode(answer(socket)) instanceof GossipMessage.State state ? state.entries() : List.of();
    } catch (IOException | MalformedException unreached) {
      LOG.debug("{}:{} did not tell who the members are: {}", seed.host(), seed.peerPort(), unreached.toString());
      return List.of();
    }
  }

  private static byte[] answer(Socket socket) throws IOException {
    var frames = new FrameAssembler(LONGEST, LONGEST);
    var piece = new byte[PIECE];
    for (int read = socket.getInputStream().read(piece); read > 0; read = socket.getInputStream().read(piece)) {
      var whole = frames.feed(Arrays.copyOf(piece, read));
      if (!whole.isEmpty()) {
        return whole.getFirst();
      }
    }
    throw new IOException("the connection was closed");
  }
}
