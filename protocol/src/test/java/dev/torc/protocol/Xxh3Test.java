package dev.torc.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Xxh3Test {
  @Test
  void theExampleOfRedisHasItsDigest() {
    assertThat(Xxh3.hex(Bytes.of("Hello world"))).isEqualTo("b6acb9d84a38ff74");
  }

  /** Made with the reference implementation: {@code xxhsum -H3}. */
  @ParameterizedTest
  @CsvSource({"0,2d06800538d394c2", "1,13e608bc156defed", "3,a9088dda485b481c", "4,6d9253b16c8b1ed3",
      "8,60539db630471163", "9,feff668361d723a8", "16,b8c859b0f030b585", "17,714a04408e79b80f", "128,67425a03650261bf",
      "129,c664bf3311c6abc4", "240,64556dc6b462a6cf", "241,8beadd3a8874fe17", "1023,d26986a0b85dcc44",
      "1024,9b81661c641c72b1", "1025,806c2072ed713576", "5000,799aaddd7339581d"})
  void everyClassOfLengthsHashesAsTheReference(int size, String digest) {
    var input = new byte[size];
    for (int i = 0; i < size; i++) {
      input[i] = (byte) (i * 7 + 3);
    }
    assertThat(Xxh3.hex(Bytes.of(input))).isEqualTo(digest);
  }
}
