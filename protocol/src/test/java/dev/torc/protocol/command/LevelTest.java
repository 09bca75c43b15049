package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelTest {
  @ParameterizedTest
  @CsvSource({"one,3,1", "QUORUM,1,1", "quorum,2,2", "quorum,3,2", "Quorum,4,3", "quorum,5,3", "all,3,3", "2,3,2",
      "5,3,5"})
  void aLevelAsksForSoMany(String text, int replicas, int required) {
    var level = Level.parse(text);
    assertThat(level.required(replicas)).isEqualTo(required);
    assertThat(Level.parse(level.toString())).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two", "0", "-1", "01", "1.5", "99999"})
  void anythingElseIsNamed(String text) {
    assertThatThrownBy(() -> Level.parse(text)).hasMessageContaining("'" + text + "'").hasMessageContaining("quorum");
  }
}
