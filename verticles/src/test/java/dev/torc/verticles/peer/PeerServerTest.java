package dev.torc.verticles.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.cluster.wire.GossipCodec;
import dev.torc.cluster.wire.PeerCodec;
import dev.torc.cluster.wire.PeerHello;
import dev.torc.cluster.wire.StateRequest;
import dev.torc.protocol.Bytes;
import dev.torc.verticles.OneNode;
import dev.torc.verticles.SystemClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does with connections of others; the test is the other. */
class PeerServerTest {
  private static final String LARGE = "0123456789abcdef".repeat(640 << 10);

  @TempDir
  static Path directory;

  private static OneNode node;

  @BeforeAll
  static void start() {
    node = OneNode.start(directory);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aNodeOfTheSameClusterIsWelcome() throws Exception {
    try (var peer = RawPeer.to(port())) {
      peer.send(new PeerHello("torc", RawPeer.ID).encode());
      assertThat(PeerHello.decode(peer.receiveBytes()).cluster()).isEqualTo("torc");
    }
  }

  @Test
  void whoAsksWhatTheNodeKnowsOfTheMembersIsToldAll() throws Exception {
    try (var peer = RawPeer.to(port())) {
      peer.send(new StateRequest("torc").encode());
      var state = (GossipMessage.State) GossipCodec.decode(peer.receiveBytes());
      assertThat(state.cluster()).isEqualTo("torc");
      assertThat(state.entries()).hasSize(1).allMatch(member -> member.state() == MemberState.NORMAL);
    }
  }

  @Test
  void aNodeOfAnotherClusterIsRefusedWithAnEmptyFrame() throws Exception {
    assertRefused(new PeerHello("other", RawPeer.ID).encode());
  }

  @Test
  void whoeverIsNoNodeOfThisVersionIsRefused() throws Exception {
    var hello = new PeerHello("torc", RawPeer.ID).encode();
    hello[5] = 77;
    assertRefused(hello);
    assertRefused(new byte[] {1, 2, 3});
    assertRefused(PeerCodec.encode(fetch(1, "a")));
  }

  @Test
  void garbageClosesItsOwnConnectionOnly() throws Exception {
    try (var good = RawPeer.welcomedBy(port()); var bad = RawPeer.welcomedBy(port())) {
      bad.sendRaw("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(bad.isAtEnd()).isTrue();
      assertThat(good.send(fetch(1, "none")).receiveSingle().id()).isEqualTo(1);
    }
  }

  @Test
  void aReplicasDutyIsPerformedAndAnsweredUnderItsId() throws Exception {
    try (var peer = RawPeer.welcomedBy(port()); var client = node.connect()) {
      client.ask("SET duty 1");
      var answer = peer.send(fetch(7, "duty")).receiveSingle();
      assertThat(answer.id()).isEqualTo(7);
      assertThat(held(answer).latest().orElseThrow().content()).isEqualTo(Content.of(Bytes.of("1")));
    }
  }

  @Test
  void dutiesThatComeTogetherAreAnsweredTogether() throws Exception {
    try (var peer = RawPeer.welcomedBy(port()); var client = node.connect()) {
      client.askAll("SET {t}a 1", "SET {t}b 2");
      var asked = new PeerMessage.Together(List.of(fetch(7, "{t}b"), fetch(8, "{t}none"), fetch(9, "{t}a")));
      var answers = peer.send(asked).receiveTogether().parts();
      assertThat(answers).extracting(PeerMessage.Single::id).containsExactly(7L, 8L, 9L);
      assertThat(answers).extracting(answer -> held(answer).latest().map(sibling -> sibling.content().value().text()))
          .containsExactly(Optional.of("2"), Optional.empty(), Optional.of("1"));
    }
  }

  @Test
  void aDutyWhoseTimeIsOverIsRefused() throws Exception {
    try (var peer = RawPeer.welcomedBy(port()); var client = node.connect()) {
      long now = SystemClock.now().wallMillis();
      var late = new PeerMessage.Perform(8, now - 60_000, 0, merge("late", "x"));
      assertThat(((PeerMessage.Performed) peer.send(late).receive()).answer())
          .isInstanceOfSatisfying(StoreAnswer.Failed.class,
              failed -> assertThat(failed.cause()).isEqualTo(StoreAnswer.Cause.LATE));
      assertThat(client.ask("GET late")).isEqualTo("nil");
    }
  }

  @Test
  void smallAnswersPassALargeOne() throws Exception {
    try (var peer = RawPeer.welcomedBy(port()); var client = node.connect()) {
      client.askAll("SET {p}large " + LARGE, "SET {p}small 1");
      peer.send(fetch(1, "{p}large"), fetch(2, "{p}small"));
      assertThat(peer.receiveSingle().id()).isEqualTo(2);
      var large = peer.receiveSingle();
      assertThat(large.id()).isEqualTo(1);
      assertThat(held(large).latest().orElseThrow().content().value().size()).isEqualTo(LARGE.length());
    }
  }

  @Test
  void smallRequestsPassBetweenThePiecesOfALargeMerge() throws Exception {
    try (var peer = RawPeer.welcomedBy(port()); var client = node.connect()) {
      peer.outgoing.offer(PeerCodec.encode(perform(1, merge("merged", LARGE))));
      for (int id = 2; id < 12; id++) {
        for (int i = 0; i < 8; i++) {
          peer.sendNext();
        }
        peer.send(PeerCodec.encode(fetch(id, "none")));
        assertThat(peer.receiveSingle().id()).isEqualTo(id);
      }
      assertThat(client.ask("GET merged")).isEqualTo("nil");
      var answer = (PeerMessage.Performed) peer.send().receive();
      assertThat(answer.id()).isEqualTo(1);
      assertThat(answer.answer()).isInstanceOf(StoreAnswer.Merged.class);
      assertThat(client.ask("GET merged")).isEqualTo("'" + LARGE + "'");
    }
  }

  private static void assertRefused(byte[] first) throws Exception {
    try (var peer = RawPeer.to(port())) {
      peer.send(first);
      assertThat(peer.receiveBytes()).isEmpty();
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  private static int port() {
    return node.config().peer().port();
  }

  private static StoredRecord held(PeerMessage answer) {
    return ((StoreAnswer.Held) ((PeerMessage.Performed) answer).answer()).record();
  }

  private static PeerMessage.Single fetch(long id, String key) {
    return perform(id, new StoreStep.Fetch(Key.of(Bytes.of(key)), StoreStep.Fetch.NO_LIMIT));
  }

  private static PeerMessage.Single perform(long id, StoreStep step) {
    return new PeerMessage.Perform(id, SystemClock.now().wallMillis() + 60_000, 0, step);
  }

  private static StoreStep merge(String key, String value) {
    var dot = new Dot(new NodeId(99).value(), 1);
    return new StoreStep.Merge(Key.of(Bytes.of(key)),
        StoredRecord.EMPTY.update(VersionVector.EMPTY, dot, Content.of(Bytes.of(value))));
  }
}
