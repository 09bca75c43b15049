package dev.torc.verticles.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.antientropy.PairRound;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaRoundsTest {
  private static final NodeId STAYS = new NodeId(1);
  private static final NodeId LEAVES = new NodeId(2);

  private final ReplicaRounds rounds = new ReplicaRounds();

  @Test
  void ofWhoIsNoMemberAnyMoreNothingIsTold() {
    rounds.note(round(STAYS, true, 3));
    rounds.note(round(LEAVES, true, 40));
    assertThat(rounds.divergent()).isEqualTo(43);
    rounds.onRing(Ring.of(List.of(new RingMember(STAYS, 0, 1, "", "")), 3));
    assertThat(rounds.peers()).containsExactly(STAYS);
    assertThat(rounds.divergent()).isEqualTo(3);
    assertThat(rounds.secondsSince(LEAVES)).isEqualTo(-1);
  }

  @Test
  void aComparisonThatWasNotSeenThroughSaysNothingOfWhatDiffers() {
    rounds.note(round(STAYS, true, 3));
    rounds.note(round(STAYS, false, 7));
    assertThat(rounds.divergent()).isEqualTo(3);
    assertThat(rounds.repaired()).isEqualTo(2);
  }

  private static PairRound round(NodeId peer, boolean isComplete, long divergent) {
    return new PairRound(peer, isComplete, 0, 0, divergent, 1, 100);
  }
}
