package dev.torc.verticles.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultLevelTest {

  @ParameterizedTest
  @CsvSource({"one,3,1", "quorum,1,1", "quorum,2,2", "QUORUM,3,2", "quorum,4,3", "quorum,5,3", "all,3,3", "2,3,2"})
  void aLevelIsSoManyOfTheReplicas(String text, int replicas, int expected) {
    assertThat(DefaultLevel.parse("torc.cluster.read-level", text, replicas).of(replicas)).isEqualTo(expected);
  }
}
