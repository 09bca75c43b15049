package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatTextTest {
  @ParameterizedTest
  @CsvSource({"3.0e3,3000", "10.50,10.5", "-5,-5", "+5,5", ".5,0.5", "5.,5", "0,0", "-0.0,0", "1E-2,0.01", "007,7",
      "0e9,0", "123456789012345678901234567890,123456789012345678901234567890", "0.000000000000000001,0",
      "0.123456789012345678,0.12345678901234568", "-0.5e-17,0", "1e-17,0.00000000000000001"})
  void aNumberIsWrittenWithoutAnExponentAndTrailingZeros(String word, String text) {
    assertThat(FloatText.parse(Bytes.of(word)).map(FloatText::text)).contains(Bytes.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "1 ", "1x", "0x1", "nan", "inf", "e5", ".", "-", "1e", "1e4933", "1e-4952",
      "1e2147483647", "1e-2147483647", "1e99999999999999999999", "--1", "1\0"})
  void anythingElseIsNone(String word) {
    assertThat(FloatText.parse(Bytes.of(word))).isEmpty();
  }

  @Test
  void aNumberIsBoundedInItsCharactersAndItsSize() {
    assertThat(FloatText.parse(Bytes.of("1".repeat(5120)))).isEmpty();
    assertThat(FloatText.parse(Bytes.of("1".repeat(4934)))).isEmpty();
    assertThat(FloatText.parse(Bytes.of("1".repeat(4933)))).isPresent();
    assertThat(FloatText.isBounded(new BigDecimal("9e4932"))).isTrue();
    assertThat(FloatText.isBounded(new BigDecimal("9e4932").multiply(BigDecimal.TEN))).isFalse();
  }
}
