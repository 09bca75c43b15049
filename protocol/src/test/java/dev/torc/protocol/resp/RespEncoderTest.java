package dev.torc.protocol.resp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RespEncoderTest {
  private static String encoded(RespValue value, RespVersion version) {
    var out = new RespBuffer();
    RespEncoder.encode(value, version, out);
    return new String(out.take(), StandardCharsets.UTF_8).replace("\r\n", "~");
  }

  static Stream<Arguments> replies() {
    var one = RespValue.ONE;
    var k = RespValue.bulk("k");
    return Stream.of(Arguments.of(RespValue.OK, "+OK~", "+OK~"), Arguments.of(RespValue.simple("x"), "+x~", "+x~"),
        Arguments.of(RespValue.error("ERR a\r\nb"), "-ERR a  b~", "-ERR a  b~"),
        Arguments.of(RespValue.integer(-120), ":-120~", ":-120~"),
        Arguments.of(RespValue.integer(Long.MIN_VALUE), ":-9223372036854775808~", ":-9223372036854775808~"),
        Arguments.of(RespValue.integer(Long.MAX_VALUE), ":9223372036854775807~", ":9223372036854775807~"),
        Arguments.of(RespValue.bulk("hello wörld"), "$12~hello wörld~", "$12~hello wörld~"),
        Arguments.of(RespValue.EMPTY_BULK, "$0~~", "$0~~"), Arguments.of(RespValue.NIL, "$-1~", "_~"),
        Arguments.of(RespValue.NIL_ARRAY, "*-1~", "_~"),
        Arguments.of(RespValue.array(one, RespValue.NIL), "*2~:1~$-1~", "*2~:1~_~"),
        Arguments.of(RespValue.map(k, one), "*2~$1~k~:1~", "%1~$1~k~:1~"),
        Arguments.of(new RespValue.SetReply(List.of(k)), "*1~$1~k~", "~1~$1~k~"),
        Arguments.of(new RespValue.Verbatim("héy"), "$4~héy~", "=8~txt:héy~"),
        Arguments.of(new RespValue.DoubleReply(1.5), "$3~1.5~", ",1.5~"),
        Arguments.of(new RespValue.DoubleReply(Double.NEGATIVE_INFINITY), "$4~-inf~", ",-inf~"),
        Arguments.of(new RespValue.DoubleReply(3), "$1~3~", ",3~"),
        Arguments.of(new RespValue.BooleanReply(true), ":1~", "#t~"),
        Arguments.of(new RespValue.BooleanReply(false), ":0~", "#f~"));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void aReplyHasItsFormInEachVersion(RespValue value, String two, String three) {
    assertThat(encoded(value, RespVersion.RESP2)).isEqualTo(two);
    assertThat(encoded(value, RespVersion.RESP3)).isEqualTo(three);
  }

  @Test
  void everyPowerOfTenIsWrittenAsJavaWritesIt() {
    for (long power = 1; power > 0; power = power > Long.MAX_VALUE / 10 ? -1 : power * 10) {
      for (long number : new long[] {power - 1, power, -power, 1 - power}) {
        assertThat(encoded(new RespValue.Int(number), RespVersion.RESP2)).isEqualTo(":" + number + "~");
      }
    }
  }

  @Test
  void theBufferGivesBackWhatALongReplyTook() {
    var out = new RespBuffer();
    RespEncoder.encode(RespValue.bulk(Bytes.of(new byte[1_000_000])), RespVersion.RESP2, out);
    assertThat(out.size()).isEqualTo(1_000_012);
    out.clear();
    assertThat(out.array().length).isLessThan(100_000);
  }
}
