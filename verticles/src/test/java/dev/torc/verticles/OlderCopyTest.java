package dev.torc.verticles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.ring.NodeId;
import dev.torc.engine.NodeIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node makes of its directory by what others know of it. */
@Timeout(60)
class OlderCopyTest {
  private static final NodeId SOMEBODY = new NodeId(7);

  @TempDir
  Path directory;

  @Test
  void aGenerationThatTheDirectoryDoesNotKnowOfMakesItAnOlderCopy() throws Exception {
    var self = started(3);
    try (var peer = new TellingPeer()) {
      peer.says(entry(self, 4, ownPort(peer)));
      copy(peer).setAside(OptionalLong.empty());
      assertThat(Files.exists(directory.resolve("torc.forgotten"))).isTrue();
      assertThat(directory.resolve("rocksdb")).doesNotExist();
      assertThat(NodeIdentity.inDirectory(directory)).isEqualTo(new NodeIdentity(self, 4));
    }
  }

  /** That of its last run is what they know of a directory that is up to date, however that run ended. */
  @Test
  void theGenerationOfTheLastRunIsNoNews() throws Exception {
    var self = started(3);
    try (var peer = new TellingPeer()) {
      peer.says(entry(self, 3, ownPort(peer)));
      copy(peer).setAside(OptionalLong.empty());
      assertUntouched(self, 3);
    }
  }

  @Test
  void whatIsKnownAlreadyNeedsNobodyToSayItAgain() throws Exception {
    var self = started(3);
    try (var peer = new TellingPeer()) {
      peer.says();
      copy(peer).setAside(OptionalLong.of(3));
      assertThat(Files.exists(directory.resolve("torc.forgotten"))).isTrue();
      assertThat(NodeIdentity.inDirectory(directory)).isEqualTo(new NodeIdentity(self, 3));
    }
  }

  @Test
  void whereNobodyAnswersADirectoryIsWhatItSaysItIs() throws Exception {
    var self = started(3);
    var peer = new TellingPeer();
    peer.close();
    copy(peer).setAside(OptionalLong.empty());
    assertUntouched(self, 3);
  }

  @Test
  void whomNobodyKnowsAtTheStartIsInDoubtUntilAMemberKnowsOfNoOtherLifeOfIt() throws Exception {
    var self = started(3);
    try (var peer = new TellingPeer()) {
      var now = entry(self, 4, ownPort(peer)).inLife(5);
      peer.says(entry(SOMEBODY, 1, peer.port()));
      assertThat(copy(peer).setAside(OptionalLong.empty())).isFalse();
      assertThat(copy(peer).isConfirmed(now)).isFalse();
      peer.says(entry(self, 5, ownPort(peer)));
      assertThat(copy(peer).isConfirmed(now)).isFalse();
      peer.says(entry(self, 4, ownPort(peer)).inLife(6));
      assertThat(copy(peer).isConfirmed(now)).isFalse();
      peer.says(now.revised());
      assertThat(copy(peer).isConfirmed(now)).isTrue();
      peer.says(entry(self, 3, ownPort(peer)));
      assertThat(copy(peer).isConfirmed(now)).isTrue();
      assertThat(copy(peer).setAside(OptionalLong.empty())).isTrue();
    }
  }

  @Test
  void aLiveTwinElsewhereIsNotDisturbed() throws Exception {
    var self = started(3);
    try (var peer = new TellingPeer(); var twin = new TellingPeer()) {
      peer.says(entry(self, 3, twin.port()), entry(SOMEBODY, 1, peer.port()));
      twin.says(entry(self, 3, twin.port()), entry(SOMEBODY, 1, peer.port()));
      assertThatThrownBy(() -> copy(peer).setAside(OptionalLong.empty())).isInstanceOf(StartException.class)
          .hasMessageContaining("another process runs as this node, " + self + ", at 127.0.0.1:" + twin.port())
          .message().hasLineCount(1);
      assertUntouched(self, 3);
    }
  }

  @Test
  void aNodeThatMovedIsNoTwinOfTheOneThatHasItsOldAddressNow() throws Exception {
    var self = started(3);
    try (var peer = new TellingPeer(); var successor = new TellingPeer()) {
      peer.says(entry(self, 3, successor.port()), entry(SOMEBODY, 1, peer.port()));
      successor.says(entry(self, 3, successor.port()), entry(SOMEBODY, 2, successor.port()));
      copy(peer).setAside(OptionalLong.empty());
      assertUntouched(self, 3);
    }
  }

  private void assertUntouched(NodeId self, long generation) {
    assertThat(Files.exists(directory.resolve("torc.forgotten"))).isFalse();
    assertThat(directory.resolve("rocksdb")).exists();
    assertThat(NodeIdentity.inDirectory(directory)).isEqualTo(new NodeIdentity(self, generation));
  }

  private NodeId started(int times) throws IOException {
    var identity = NodeIdentity.ofDirectory(directory, new SplittableRandom(1));
    for (int i = 0; i < times; i++) {
      identity = identity.raise(directory);
    }
    Files.createDirectories(directory.resolve("rocksdb"));
    return identity.id();
  }

  private OlderCopy copy(TellingPeer peer) {
    var config = OneNode.config(directory, Map.of("peer.port",
        Integer.toString(ownPort(peer)), "cluster.seeds", "127.0.0.1:" + peer.port() + "@" + peer.port()));
    return new OlderCopy(config, new Inquiry(config));
  }

  private static int ownPort(TellingPeer peer) {
    return peer.port() == 65_535 ? 1_024 : peer.port() + 1;
  }

  private static Member entry(NodeId id, long generation, int peerPort) {
    return Member.founding(id, "node", generation, "127.0.0.1", 7_001, peerPort, "", "", 1)
        .withStanding(MemberState.NORMAL, 17, 0);
  }
}
