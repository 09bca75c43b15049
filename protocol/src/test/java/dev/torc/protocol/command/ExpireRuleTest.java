package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpireRuleTest {
  private static ExpireRule rule(String options) {
    return new ExpireRule(options.contains("NX"), options.contains("XX"), options.contains("GT"),
        options.contains("LT"));
  }

  /** {@code never}: of a key without an expiry; the others: of one that expires at 100, to earlier, to the same and to later. */
  @ParameterizedTest
  @CsvSource({"'',true,true,true,true", "NX,true,false,false,false", "XX,false,true,true,true",
      "GT,false,false,false,true", "LT,true,true,false,false", "XX GT,false,false,false,true",
      "XX LT,false,true,false,false"})
  void aRuleAllows(String options, boolean never, boolean earlier, boolean same, boolean later) {
    var rule = rule(options);
    assertThat(rule.allows(0, 100)).isEqualTo(never);
    assertThat(rule.allows(100, 99)).isEqualTo(earlier);
    assertThat(rule.allows(100, 100)).isEqualTo(same);
    assertThat(rule.allows(100, 101)).isEqualTo(later);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NX XX", "NX GT", "NX LT", "GT LT"})
  void someDoNotGoTogether(String options) {
    assertThatThrownBy(() -> rule(options)).isInstanceOf(IllegalArgumentException.class);
  }
}
