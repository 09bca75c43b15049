package dev.torc.verticles.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.wire.PeerHello;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Collections;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A node's link to a peer; the test is the peer. */
class PeerLinkTest {
  private static final long LONG = 500_000;
  /** Of the 1 MiB that may wait for a peer: what remains has room for four messages of 15 KiB. */
  private static final int ALMOST_THE_QUEUE = (1 << 20) - (70 << 10);

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server.setSoTimeout(20_000);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void aLinkIsReadyOnceThePeerHasSaidWhoItIs() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), LONG); var peer = new RawPeer(server.accept())) {
      assertThat(PeerHello.decode(peer.receiveBytes())).isEqualTo(new PeerHello("torc", new NodeId(1)));
      assertThat(node.ready()).isZero();
      welcome(peer);
      node.awaitReady(1);
      var outcome = node.request(read());
      answer(peer);
      assertThat(LinkFixture.await(outcome))
          .isEqualTo(new Outcome.Found(StoredRecord.EMPTY, 1, 0));
    }
  }

  @Test
  void whatGossipHearsAgainIsConnectedToAtOnceWhateverPauseIsDue() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), LONG, 60_000)) {
      server.accept().close();
      node.loseAndHearPeer();
      try (var peer = new RawPeer(server.accept())) {
        peer.receiveBytes();
        welcome(peer);
        node.awaitReady(1);
      }
    }
  }

  @Test
  void withoutALinkARequestIsRefusedAtOnce() throws Exception {
    server.close();
    try (var node = new LinkFixture(server.getLocalPort(), LONG)) {
      assertRefused(LinkFixture.await(node.request(read())), Outcome.Reason.READ_LEVEL);
      assertRefused(LinkFixture.await(node.request(write(1))), Outcome.Reason.WRITE_LEVEL);
    }
  }

  @Test
  void whatNoLongerFitsTheQueueCountsAsUndelivered() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), LONG); var peer = connected(node)) {
      assertRefused(LinkFixture.await(node.request(write(2 << 20))), Outcome.Reason.WRITE_LEVEL);
      assertThat(node.request(read())).isNotDone();
      assertThat(peer.receive()).isInstanceOf(PeerMessage.Perform.class);
    }
  }

  @Test
  void requestsOfOneCommandLeaveInOneMessageAndEachHasItsOutcome() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), LONG); var peer = connected(node)) {
      var outcomes = node.command(Collections.nCopies(50, read()));
      var answers = new ArrayList<PeerMessage.Single>();
      for (var asked : peer.receiveTogether().parts()) {
        answers.add(new PeerMessage.Performed(asked.id(), 0, new StoreAnswer.Held(StoredRecord.EMPTY)));
      }
      peer.send(new PeerMessage.Together(answers.subList(1, 50)));
      assertThat(outcomes.subList(1, 50)).allSatisfy(
          outcome -> assertThat(LinkFixture.await(outcome)).isInstanceOf(Outcome.Found.class));
      assertThat(outcomes.getFirst()).isNotDone();
      peer.send(answers.getFirst());
      assertThat(LinkFixture.await(outcomes.getFirst())).isInstanceOf(Outcome.Found.class);
    }
  }

  @Test
  void whatFindsNoRoomTogetherLeavesOneByOneWhileThereIsSome() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), LONG); var peer = connected(node)) {
      var requests = new ArrayList<Request>(List.of(write(ALMOST_THE_QUEUE)));
      requests.addAll(Collections.nCopies(8, write(15 << 10)));
      var outcomes = node.command(requests);
      for (int i = 0; i < 4; i++) {
        assertThat(peer.receive()).isInstanceOf(PeerMessage.Forward.class);
      }
      assertThat(outcomes.subList(5, 9)).allSatisfy(
          outcome -> assertRefused(LinkFixture.await(outcome), Outcome.Reason.WRITE_LEVEL));
      assertThat(outcomes.subList(0, 5)).noneMatch(outcome -> outcome.isDone());
    }
  }

  @Test
  void aPeerThatNeverAnswersCostsItsTimeoutsAndNothingElse() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), 50); var peer = connected(node)) {
      for (int i = 0; i < 3; i++) {
        assertRefused(LinkFixture.await(node.request(read())), Outcome.Reason.READ_LEVEL);
        peer.receive();
      }
      assertThat(node.ready()).isOne();
    }
  }

  @Test
  void aRequestUnderWayFailsWhenItsLinkBreaks() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), LONG); var peer = connected(node)) {
      var read = node.request(read());
      peer.receive();
      peer.hangUp();
      assertRefused(LinkFixture.await(read), Outcome.Reason.READ_LEVEL);
    }
  }

  @Test
  void aWriteUnderWayIsUncertainWhenItsLinkBreaks() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), LONG); var peer = connected(node)) {
      var write = node.request(write(1));
      peer.receive();
      peer.hangUp();
      assertThat(LinkFixture.await(write)).isInstanceOf(Outcome.Uncertain.class);
    }
  }

  @Test
  void aLinkIsMadeAgainWhenThePeerIsBack() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), LONG)) {
      for (int life = 0; life < 3; life++) {
        try (var peer = connected(node)) {
          var outcome = node.request(read());
          answer(peer);
          assertThat(LinkFixture.await(outcome)).isInstanceOf(Outcome.Found.class);
          server.close();
        }
        node.awaitReady(0);
        server = new ServerSocket(server.getLocalPort(), 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout(20_000);
      }
    }
  }

  @Test
  void smallRequestsPassALargeOne() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), LONG); var peer = connected(node)) {
      var outcomes = node.requestAll(write(900 << 10), read());
      assertThat(peer.receive()).isInstanceOf(PeerMessage.Perform.class);
      assertThat(peer.receive()).isInstanceOf(PeerMessage.Forward.class);
      assertThat(outcomes).noneMatch(outcome -> outcome.isDone());
    }
  }

  @Test
  void aPeerThatRefusesIsNamedInTheLogOnceAndTriedAgain() throws Exception {
    var log = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(PeerLink.class);
    log.start();
    logger.addAppender(log);
    try (var node = new LinkFixture(server.getLocalPort(), LONG)) {
      for (int attempt = 0; attempt < 4; attempt++) {
        try (var peer = new RawPeer(server.accept())) {
          peer.receiveBytes();
          peer.send(new byte[0]);
          assertThat(peer.isAtEnd()).isTrue();
        }
      }
      assertThat(node.ready()).isZero();
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("peer at 127.0.0.1:" + server.getLocalPort()
            + " does not talk to this node: another cluster's, or another version");
  }

  @Test
  void anotherNodeAtThePeersAddressIsNotTakenForIt() throws Exception {
    try (var node = new LinkFixture(server.getLocalPort(), LONG); var peer = new RawPeer(server.accept())) {
      peer.receiveBytes();
      peer.send(new PeerHello("torc", new NodeId(5)).encode());
      assertThat(peer.isAtEnd()).isTrue();
      assertThat(node.ready()).isZero();
    }
  }

  private RawPeer connected(LinkFixture node) throws IOException {
    var peer = new RawPeer(server.accept());
    peer.receiveBytes();
    welcome(peer);
    node.awaitReady(1);
    return peer;
  }

  private static void welcome(RawPeer peer) {
    peer.send(new PeerHello("torc", RawPeer.ID).encode());
  }

  private static void answer(RawPeer peer) {
    var asked = peer.receiveSingle();
    peer.send(new PeerMessage.Performed(asked.id(), 0, new StoreAnswer.Held(StoredRecord.EMPTY)));
  }

  private static void assertRefused(Outcome outcome, Outcome.Reason reason) {
    assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class,
        refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private static Request read() {
    return new Request.Read(Key.of(Bytes.of("k")), Level.QUORUM);
  }

  private static Request write(int sizeBytes) {
    return Request.Write.blind(Key.of(Bytes.of("k")), Content.of(Bytes.of(new byte[sizeBytes])), Level.QUORUM);
  }
}
