package dev.torc.verticles;

import dev.torc.cluster.membership.Address;
import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.wire.FrameAssembler;
import dev.torc.cluster.wire.FrameQueue;
import dev.torc.cluster.wire.GossipCodec;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.cluster.wire.StateRequest;
import dev.torc.verticles.config.NodeConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks nodes for all that they know of the members, before anything of this node runs: a connection to the peer port of each, all at once. */
final class Inquiry {
  private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);
  private static final int TIMEOUT_MILLIS = 1_000;
  private static final int LONGEST = 16 << 20;
  private static final int PIECE = 64 << 10;

  private final NodeConfig config;

  /** @param entries what the node that listens there knows of all members, itself among them */
  record Answer(Address from, List<Member> entries) {}

  Inquiry(NodeConfig config) {
    this.config = config;
  }

  /** Where the others reach this node. */
  Address self() {
    return new Address(config.announceHost().orElse(config.bind()), config.peer().port());
  }

  /** The configured ones, apart from this node. */
  List<Address> seeds() {
    return config.cluster().seeds().stream()
        .filter(seed -> seed.port() != config.client().port() || !seed.host().equals(config.bind()))
        .map(seed -> new Address(seed.host(), seed.peerPort())).toList();
  }

  /** Blocks for two seconds at most; who does not answer in that time is left out, and who does not listen does not delay. In the order asked. */
  List<Answer> ask(Collection<Address> nodes) {
    var questions = nodes.stream().distinct().<Callable<Optional<Answer>>>map(node -> () -> ask(node)).toList();
    // Not closed: that would wait for whoever is still looking up a name.
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var answers = new ArrayList<Answer>();
      for (var asked : threads.invokeAll(questions, 2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
        if (asked.state() == Future.State.SUCCESS) {
          asked.resultNow().ifPresent(answers::add);
        }
      }
      return answers;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<Answer> ask(Address node) {
    try (var socket = new Socket()) {
      if (config.peer().source().isPresent()) {
        socket.bind(new InetSocketAddress(config.peer().source().get(), 0));
      }
      socket.connect(new InetSocketAddress(node.host(), node.port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      var request = new FrameQueue(LONGEST, LONGEST);
      request.offer(new StateRequest(config.cluster().name()).encode());
      socket.getOutputStream().write(request.next());
      return GossipCodec.decode(answer(socket)) instanceof GossipMessage.State state
          ? Optional.of(new Answer(node, state.entries()))
          : Optional.empty();
    } catch (IOException | MalformedException unreached) {
      LOG.debug("{} did not tell who the members are: {}", node, unreached.toString());
      return Optional.empty();
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
