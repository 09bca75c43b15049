package dev.torc.verticles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.ring.NodeId;
import dev.torc.engine.NodeIdentity;
import dev.torc.engine.RocksEngine;
import dev.torc.verticles.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who a node with an empty directory is, by what others know. */
@Timeout(60)
class FormerSelfTest {
  private static final NodeId FORMER = new NodeId(4);
  private static final NodeId SOMEBODY = new NodeId(7);
  private static final int OWN_PORT = 20_001;

  @TempDir
  Path directory;

  private TellingPeer peer;
  private NodeConfig config;

  @BeforeEach
  void start() throws IOException {
    peer = new TellingPeer();
    config = OneNode.config(directory, Map.of("name", "n2", "peer.port", Integer.toString(OWN_PORT), "cluster.seeds",
        "127.0.0.1:" + peer.port() + "@" + peer.port()));
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
  }

  @Test
  void whoIsKnownByNameAndAddressIsThatMemberAgainAndHasForgottenEverything() {
    peer.says(somebody(), entry(FORMER, "n2", 5, OWN_PORT));
    former().comeBack();
    assertThat(NodeIdentity.inDirectory(directory)).isEqualTo(new NodeIdentity(FORMER, 5));
    assertThat(kept()).containsExactly(somebody(), entry(FORMER, "n2", 5, OWN_PORT));
  }

  @Test
  void anotherNameOrAnotherAddressIsSomebodyElse() {
    peer.says(somebody(), entry(FORMER, "n3", 5, OWN_PORT), entry(new NodeId(5), "n2", 5, OWN_PORT + 1));
    former().comeBack();
    assertThat(NodeIdentity.isIn(directory)).isFalse();
  }

  @Test
  void thePlaceOfWhoLeftIsNobodysAnyMore() {
    peer.says(somebody(), entry(FORMER, "n2", 5, OWN_PORT).withStanding(MemberState.LEFT, 17, 0));
    former().comeBack();
    assertThat(NodeIdentity.isIn(directory)).isFalse();
  }

  @Test
  void ofWhoWaitsForTheOthersItselfNothingIsTaken() {
    peer.says(somebody(), entry(FORMER, "n2", 5, OWN_PORT), stranger(new NodeId(9)));
    former().comeBack();
    assertThat(NodeIdentity.isIn(directory)).isFalse();
  }

  @Test
  void aDirectoryThatSaysWhoItsNodeIsNeedsNobodyToSayIt() {
    var self = NodeIdentity.ofDirectory(directory, new SplittableRandom(1));
    peer.says(somebody(), entry(FORMER, "n2", 5, OWN_PORT));
    former().comeBack();
    assertThat(NodeIdentity.inDirectory(directory)).isEqualTo(self);
  }

  @Test
  void aNewNodeThatIsRefusedIsWhoItWasBeforeAsSoonAsAMemberSaysSo() throws IOException {
    begunAnew();
    peer.saysLater(2, somebody(), entry(FORMER, "n2", 5, OWN_PORT));
    former().comeBackRefused("the cluster runs already");
    assertThat(NodeIdentity.inDirectory(directory)).isEqualTo(new NodeIdentity(FORMER, 5));
    assertThat(kept()).containsExactly(somebody(), entry(FORMER, "n2", 5, OWN_PORT));
    assertThat(directory.resolve("torc.forgotten")).exists();
    assertThat(directory.resolve("rocksdb")).doesNotExist();
    try (var names = Files.list(directory)) {
      assertThat(names.map(name -> name.getFileName().toString())).anyMatch(it -> it.startsWith("rocksdb.stranger-"));
    }
  }

  @Test
  void aNewNodeThatIsRefusedAndWasNobodyStaysRefused() throws IOException {
    var self = begunAnew();
    peer.says(somebody());
    assertThatThrownBy(() -> former().comeBackRefused("the cluster runs already")).isInstanceOf(StartException.class)
        .hasMessage("the cluster runs already");
    assertThat(NodeIdentity.inDirectory(directory)).isEqualTo(self);
    assertThat(directory.resolve("rocksdb")).exists();
  }

  @Test
  void aNodeThatHasBoundItselfToOtherFoundersTakesNobodysPlace() throws IOException {
    var self = begunAnew();
    NodeIdentity.comeBack(directory, self.id(), 0, MembersFile.NAME, MembersFile.encode(
        List.of(entry(self.id(), "n2", 0, OWN_PORT).withStanding(MemberState.FOUNDING, 18, 0))));
    peer.says(somebody(), entry(FORMER, "n2", 5, OWN_PORT));
    assertThatThrownBy(() -> former().comeBackRefused("others run here")).isInstanceOf(StartException.class);
    assertThat(NodeIdentity.inDirectory(directory).id()).isEqualTo(self.id());
  }

  private NodeIdentity begunAnew() throws IOException {
    var identity = NodeIdentity.ofDirectory(directory, new SplittableRandom(1));
    Files.createDirectories(directory.resolve("rocksdb"));
    return identity;
  }

  private List<Member> kept() {
    return RocksEngine.kept(directory, MembersFile.NAME).map(MembersFile::decode).orElseThrow();
  }

  private FormerSelf former() {
    return new FormerSelf(config, new Inquiry(config));
  }

  private static Member somebody() {
    return entry(SOMEBODY, "n1", 1, OWN_PORT + 2);
  }

  private static Member stranger(NodeId id) {
    return Member.founding(id, "n2", 1, "127.0.0.1", 7_001, OWN_PORT, "", "", 1);
  }

  private static Member entry(NodeId id, String name, long generation, int peerPort) {
    return Member.founding(id, name, generation, "127.0.0.1", 7_001, peerPort, "", "", 1)
        .withStanding(MemberState.NORMAL, 17, 0);
  }
}
