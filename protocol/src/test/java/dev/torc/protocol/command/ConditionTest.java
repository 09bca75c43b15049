package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition.Kind;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final String HELLO = "b6acb9d84a38ff74";

  /** {@code absent}: of a key that is not there; {@code same}: of the value that is meant; {@code other}: of another one. */
  @ParameterizedTest
  @CsvSource({"ALWAYS,true,true,true", "NX,true,false,false", "XX,false,true,true", "IFEQ,false,true,false",
      "IFNE,true,false,true", "IFDEQ,false,true,false", "IFDNE,true,false,true"})
  void aConditionHolds(Kind kind, boolean absent, boolean same, boolean other) {
    var hello = Bytes.of("Hello world");
    var operand = switch (kind) {
      case ALWAYS, NX, XX -> Bytes.EMPTY;
      case IFEQ, IFNE -> hello;
      case IFDEQ, IFDNE -> Bytes.of(HELLO);
    };
    var condition = new Condition(kind, operand);
    assertThat(condition.holds(Optional.empty())).isEqualTo(absent);
    assertThat(condition.holds(Optional.of(hello))).isEqualTo(same);
    assertThat(condition.holds(Optional.of(Bytes.EMPTY))).isEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b6acb9d84a38ff74", "B6ACB9D84A38FF74", "b6acb9d84A38Ff74"})
  void aDigestIsTheSameInEitherCase(String digest) {
    assertThat(new Condition(Kind.IFDEQ, Bytes.of(digest)).holds(Optional.of(Bytes.of("Hello world")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b6acb9d84a38ff7", "b6acb9d84a38ff744", "-6acb9d84a38ff74", "g6acb9d84a38ff74"})
  void anythingElseIsNoDigest(String digest) {
    assertThatThrownBy(() -> new Condition(Kind.IFDNE, Bytes.of(digest))).hasMessageContaining("16");
  }
}
