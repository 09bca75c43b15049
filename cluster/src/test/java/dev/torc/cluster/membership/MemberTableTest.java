package dev.torc.cluster.membership;

import static dev.torc.cluster.membership.MemberTable.Merge.BEAT;
import static dev.torc.cluster.membership.MemberTable.Merge.CHANGED;
import static dev.torc.cluster.membership.MemberTable.Merge.REFUSED;
import static dev.torc.cluster.membership.MemberTable.Merge.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemberTableTest {
  private final Member self = member(1);
  private final Member peer = member(2).withGeneration(5).withHeartbeat(10);
  private final MemberTable table = new MemberTable(self, List.of(peer));

  @Test
  void anOlderGenerationNeverOverrides() {
    assertThat(table.merge(peer.withGeneration(4).withHeartbeat(99).revised())).isEqualTo(STALE);
    assertThat(table.merge(peer.withGeneration(6).withHeartbeat(0))).isEqualTo(CHANGED);
    assertThat(table.merge(peer)).isEqualTo(STALE);
    assertThat(table.member(peer.id()).generation()).isEqualTo(6);
  }

  @Test
  void withinAGenerationTheLaterVersionAndThenTheLaterHeartbeatOverrides() {
    assertThat(table.merge(peer.withHeartbeat(9))).isEqualTo(STALE);
    assertThat(table.merge(peer.withHeartbeat(11))).isEqualTo(BEAT);
    assertThat(table.merge(peer.withLoad(new Load(3, 3, 3)).revised())).isEqualTo(CHANGED);
    assertThat(table.member(peer.id()).load().keys()).isEqualTo(3);
  }

  @Test
  void aDigestAdvancesTheHeartbeatOfTheEntryThatItTellsOfAndOfNoOther() {
    assertThat(table.merge(peer.withHeartbeat(12).digest())).isEqualTo(BEAT);
    assertThat(table.merge(peer.withHeartbeat(11).digest())).isEqualTo(STALE);
    assertThat(table.merge(peer.withHeartbeat(20).revised().digest())).isEqualTo(STALE);
    assertThat(table.merge(new MemberDigest(new NodeId(77), 1, 1, 1))).isEqualTo(STALE);
    assertThat(table.member(peer.id()).heartbeat()).isEqualTo(12);
  }

  @Test
  void whoLeftNeverComesBack() {
    assertThat(table.merge(peer.withStanding(MemberState.LEFT, 0, Member.NO_POSITION))).isEqualTo(CHANGED);
    assertThat(table.merge(peer.withGeneration(99))).isEqualTo(STALE);
    assertThat(table.peers()).isEmpty();
  }

  @Test
  void aClosedTableTakesNoStranger() {
    assertThat(table.merge(member(3))).isEqualTo(CHANGED);
    table.setSelf(self.withStanding(MemberState.FOUNDING, 17, 0));
    assertThat(table.merge(member(4))).isEqualTo(REFUSED);
    assertThat(table.merge(member(4).withStanding(MemberState.NORMAL, 17, 3))).isEqualTo(REFUSED);
    assertThat(table.size()).isEqualTo(3);
  }

  @Test
  void aPositionIsKept() {
    assertThat(table.merge(peer.withStanding(MemberState.NORMAL, 17, 1).revised())).isEqualTo(CHANGED);
    assertThat(table.merge(peer.withGeneration(6))).isEqualTo(REFUSED);
    assertThat(table.merge(peer.withStanding(MemberState.NORMAL, 17, 2).withGeneration(6))).isEqualTo(REFUSED);
    assertThat(table.ringMembers()).hasSize(1);
  }

  @Test
  void nobodyElseChangesThisNodesEntry() {
    assertThat(table.merge(self.withGeneration(9))).isEqualTo(STALE);
    assertThat(table.merge(self.withHeartbeat(9).digest())).isEqualTo(STALE);
    assertThat(table.self()).isEqualTo(self);
  }

  @Test
  void tablesThatHeardTheSameInAnyOrderAndHoweverOftenAreEqual() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var history = new ArrayList<Member>();
      for (int id = 2; id < 6; id++) {
        Member entry = member(id);
        for (int i = 0; i < 10; i++) {
          entry = switch (random.nextInt(3)) {
            case 0 -> entry.withHeartbeat(entry.heartbeat() + 1);
            case 1 -> entry.withLoad(new Load(i, i, i)).revised();
            default -> entry.withGeneration(entry.generation() + 1).withHeartbeat(0);
          };
          history.add(entry);
        }
      }
      MemberTable one = hears(history, random);
      MemberTable other = hears(history, random);
      assertThat(one.members()).containsExactlyElementsOf(other.members());
    }
  }

  private MemberTable hears(List<Member> history, Random random) {
    var heard = new ArrayList<>(history);
    heard.addAll(history.subList(0, random.nextInt(history.size())));
    Collections.shuffle(heard, random);
    var table = new MemberTable(self, List.of());
    heard.forEach(table::merge);
    return table;
  }

  private static Member member(long id) {
    return Member.founding(new NodeId(id), "n" + id, 1, "h", 7_001, 17_001, "z", "dc", 1);
  }
}
