package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.protocol.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
  private enum Colour {
    RED,
    GREEN
  }

  @Test
  void numbersComeBackAsTheyWereWritten() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >>> random.nextInt(64);
      var in = reader(
          new ByteWriter(0).u8((int) number).u16((int) number).i32((int) number).i64(number).varint(number));
      assertThat(in.u8()).isEqualTo((int) number & 0xff);
      assertThat(in.u16()).isEqualTo((int) number & 0xffff);
      assertThat(in.i32()).isEqualTo((int) number);
      assertThat(in.i64()).isEqualTo(number);
      assertThat(in.varint()).isEqualTo(number);
      in.end();
    }
  }

  @Test
  void aVariableLengthNumberTakesOneByteForEverySevenBits() {
    assertThat(new ByteWriter(0).varint(0).size()).isEqualTo(1);
    assertThat(new ByteWriter(0).varint(127).size()).isEqualTo(1);
    assertThat(new ByteWriter(0).varint(128).size()).isEqualTo(2);
    assertThat(new ByteWriter(0).varint(Long.MAX_VALUE).size()).isEqualTo(9);
    assertThat(new ByteWriter(0).varint(-1).size()).isEqualTo(10);
  }

  @Test
  void bytesAndTextComeBackAsTheyWereWritten() {
    var in = reader(
        new ByteWriter(0).bytes(Bytes.of("Grüße")).text("").bool(true).bool(false).raw(new byte[] {1, 2, 3}, 1, 2));
    assertThat(in.text()).isEqualTo("Grüße");
    assertThat(in.bytes()).isEqualTo(Bytes.EMPTY);
    assertThat(in.bool()).isTrue();
    assertThat(in.bool()).isFalse();
    assertThat(in.raw(2).array()).containsExactly(2, 3);
    assertThat(in.remaining()).isZero();
  }

  @Test
  void noReadPassesTheEnd() {
    List<Consumer<ByteReader>> reads = List.of(ByteReader::u8, ByteReader::u16, ByteReader::i32, ByteReader::i64,
        ByteReader::varint, ByteReader::intVarint, ByteReader::bytes, ByteReader::text, ByteReader::bool,
        in -> in.raw(1), in -> in.count(1), in -> in.oneOf(Colour.values()));
    for (var read : reads) {
      assertMalformed(new byte[0], read);
      var behindTheEnd = new byte[] {1, 1, 1, 1, 1, 1, 1, 1};
      assertThatThrownBy(() -> read.accept(new ByteReader(behindTheEnd, 3, 3))).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void aLengthThatWouldOverflowIsRefused() {
    assertMalformed(new byte[8], in -> in.raw(-1));
    assertMalformed(new byte[8], in -> in.raw(Integer.MAX_VALUE));
    assertThatThrownBy(() -> new ByteReader(new byte[8], 4, 8).raw(Integer.MAX_VALUE))
        .isInstanceOf(MalformedException.class);
  }

  /** {@code 2^60 × 16} is 0 in 64 bits, and {@code 2^32} is 0 in 32: neither may pass for a small one. */
  @Test
  void aForgedCountIsRefused() {
    for (long forged : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 60, 1L << 32, 1L << 31, Integer.MAX_VALUE,
        5}) {
      for (int minBytesEach : new int[] {1, 2, 16, Integer.MAX_VALUE}) {
        assertMalformed(new ByteWriter(0).varint(forged).i32(0).toArray(), in -> in.count(minBytesEach));
      }
      assertMalformed(new ByteWriter(0).varint(forged).i32(0).toArray(), ByteReader::bytes);
    }
  }

  @Test
  void aCountThatFitsIsBelieved() {
    assertThat(reader(new ByteWriter(0).varint(4).i32(0)).count(1)).isEqualTo(4);
    assertThat(reader(new ByteWriter(0).varint(2).i32(0)).count(2)).isEqualTo(2);
    assertThat(reader(new ByteWriter(0).varint(4).i32(0)).count(0)).isEqualTo(4);
    assertThat(reader(new ByteWriter(0).varint(0)).count(16)).isZero();
  }

  @Test
  void aNumberThatDoesNotEndIsRefused() {
    var endless = new byte[11];
    Arrays.fill(endless, (byte) 0x80);
    assertMalformed(endless, ByteReader::varint);
  }

  @Test
  void whatFitsNoIntIsRefusedWhereAnIntIsWanted() {
    assertThat(reader(new ByteWriter(0).varint(Integer.MAX_VALUE)).intVarint()).isEqualTo(Integer.MAX_VALUE);
    assertMalformed(new ByteWriter(0).varint(1L << 31).toArray(), ByteReader::intVarint);
    assertMalformed(new ByteWriter(0).varint(-1).toArray(), ByteReader::intVarint);
  }

  @Test
  void flagsAndConstantsOutsideTheirRangeAreRefused() {
    assertThat(reader(new ByteWriter(0).u8(1)).oneOf(Colour.values())).isEqualTo(Colour.GREEN);
    assertMalformed(new byte[] {2}, in -> in.oneOf(Colour.values()));
    assertMalformed(new byte[] {-1}, in -> in.oneOf(Colour.values()));
    assertMalformed(new byte[] {2}, ByteReader::bool);
  }

  @Test
  void bytesBehindTheEndAreRefused() {
    assertMalformed(new byte[1], ByteReader::end);
  }

  @Test
  void aLengthIsPatchedWhereItsPlaceWasLeft() {
    var out = new ByteWriter(0).u8(7).i32(0).text("abc");
    out.patchI32(1, 0xcafe_babe);
    var in = reader(out);
    in.u8();
    assertThat(in.i32()).isEqualTo(0xcafe_babe);
    assertThat(in.text()).isEqualTo("abc");
  }

  private static ByteReader reader(ByteWriter written) {
    return new ByteReader(written.toArray());
  }

  private static void assertMalformed(byte[] bytes, Consumer<ByteReader> read) {
    assertThatThrownBy(() -> read.accept(new ByteReader(bytes))).isInstanceOf(MalformedException.class);
  }
}
