package dev.torc.cluster.coordination;

import static dev.torc.cluster.coordination.Quorum.Verdict.IMPOSSIBLE;
import static dev.torc.cluster.coordination.Quorum.Verdict.PENDING;
import static dev.torc.cluster.coordination.Quorum.Verdict.REACHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QuorumTest {

  @Test
  void aSecondAckFromOneReplicaDoesNotCount() {
    var quorum = new Quorum(2, 3);
    quorum.onSuccess(1);
    quorum.onSuccess(1);
    assertThat(quorum.successes()).isEqualTo(1);
    assertThat(quorum.verdict()).isEqualTo(PENDING);
    quorum.onSuccess(0);
    assertThat(quorum.verdict()).isEqualTo(REACHED);
  }

  @Test
  void notYetAndNeverAreDifferentThings() {
    var quorum = new Quorum(2, 3);
    assertThat(quorum.verdict()).isEqualTo(PENDING);
    quorum.onFailure(0);
    assertThat(quorum.verdict()).isEqualTo(PENDING);
    quorum.onFailure(0);
    assertThat(quorum.verdict()).isEqualTo(PENDING);
    quorum.onFailure(2);
    assertThat(quorum.verdict()).isEqualTo(IMPOSSIBLE);
  }

  @Test
  void whoSucceededDoesNotFailAfterwards() {
    var quorum = new Quorum(1, 1);
    quorum.onSuccess(0);
    quorum.onFailure(0);
    assertThat(quorum.verdict()).isEqualTo(REACHED);
  }

  @Test
  void whoFailedMaySucceedAfterAll() {
    var quorum = new Quorum(1, 1);
    quorum.onFailure(0);
    assertThat(quorum.verdict()).isEqualTo(IMPOSSIBLE);
    quorum.onSuccess(0);
    assertThat(quorum.verdict()).isEqualTo(REACHED);
  }

  @Test
  void whatIsWithdrawnCountsNoMore() {
    var quorum = new Quorum(2, 3);
    quorum.onSuccess(0);
    quorum.onSuccess(1);
    quorum.onWithdrawal(1);
    assertThat(quorum.verdict()).isEqualTo(PENDING);
    quorum.onWithdrawal(0);
    assertThat(quorum.verdict()).isEqualTo(IMPOSSIBLE);
  }

  @Test
  void moreThanThereAreIsImpossibleFromTheStart() {
    assertThat(new Quorum(4, 3).verdict()).isEqualTo(IMPOSSIBLE);
    assertThatThrownBy(() -> new Quorum(33, 65)).isInstanceOf(IllegalArgumentException.class);
  }
}
