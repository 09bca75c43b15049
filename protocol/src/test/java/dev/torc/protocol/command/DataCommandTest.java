package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataCommandTest {
  @ParameterizedTest
  @CsvSource({"Hello,0,-1,Hello", "Hello,1,3,ell", "Hello,-3,-1,llo", "Hello,-1,-3,''", "Hello,10,20,''",
      "Hello,3,1,''",
      "Hello,-100,100,Hello", "Hello,0,0,H", "Hello,0,-100,H", "'',0,-1,''", "Hello,-9223372036854775808,0,H"})
  void aRangeIsCutAsRedisCutsIt(String value, long start, long end, String part) {
    assertThat(new DataCommand.GetRange(Bytes.EMPTY, start, end).of(Bytes.of(value)).text()).isEqualTo(part);
  }

  @ParameterizedTest
  @CsvSource({"SECONDS_LEFT,10500,10000,1", "SECONDS_LEFT,10499,10000,0", "MILLIS_LEFT,10499,10000,499",
      "UNIX_SECONDS,10500,0,11", "UNIX_MILLIS,10499,0,10499", "UNIX_SECONDS,9223372036854775807,0,9223372036854776"})
  void anExpiryIsToldRounded(TtlForm form, long expiry, long now, long figure) {
    assertThat(form.figure(expiry, now)).isEqualTo(figure);
  }

  @Test
  void anEncodingIsNamedAsRedisWould() {
    assertThat(DataCommand.ObjectEncoding.of(Bytes.of("123"))).isEqualTo("int");
    assertThat(DataCommand.ObjectEncoding.of(Bytes.of("x".repeat(44)))).isEqualTo("embstr");
    assertThat(DataCommand.ObjectEncoding.of(Bytes.of("x".repeat(45)))).isEqualTo("raw");
  }
}
