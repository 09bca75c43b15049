package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(nullValues = "none", emptyValue = "", value = {"*,'',true", "*,abc,true", "'','',true", "'',a,false",
      "a*,abc,true", "a*,bc,false", "*c,abc,true", "a*c,abdc,true", "a*c,abcd,false", "h?llo,hello,true",
      "h?llo,hllo,false", "h[ae]llo,hallo,true", "h[ae]llo,hillo,false", "h[^e]llo,hallo,true", "h[^e]llo,hello,false",
      "h[a-c]llo,hbllo,true", "h[c-a]llo,hbllo,true", "h[a-c]llo,hdllo,false", "[a\\]]x,]x,true", "\\*,*,true",
      "\\*,a,false", "a\\,a\\,true", "[abc,b,true", "[],a,false", "[^],a,true", "**a**,bab,true", "*a*b*,xaxbx,true",
      "*a*b*,xbxax,false", "a?,a,false", "[a-,-,true"})
  void aPatternTakesWhatRedisTakes(String pattern, String text, boolean matches) {
    assertThat(Glob.of(pattern).matches(Bytes.of(text))).isEqualTo(matches);
  }

  @Test
  void manyStarsCostNoMoreThanPatternTimesText() {
    assertThat(Glob.of("a*".repeat(500) + "b").matches(Bytes.of("a".repeat(10_000)))).isFalse();
  }

  @Test
  void caseCountsUnlessToldOtherwise() {
    assertThat(Glob.of("Max*").matches(Bytes.of("maxmemory"))).isFalse();
    assertThat(Glob.of("M[A-B]x*").matchesAnyCase(Bytes.of("maxmemory"))).isTrue();
  }
}
