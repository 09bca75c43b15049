package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
  private static final int STREAMS = 1024;

  private final FrameAssembler assembler = new FrameAssembler(100, 1_000);

  @Test
  void nothingComesOfHalfAFrame() {
    assertThat(assembler.feed(new byte[0])).isEmpty();
    assertThat(assembler.feed(new byte[] {0, 0, 0})).isEmpty();
    assertThat(assembler.feed(new byte[] {3, FrameQueue.WHOLE, 7})).isEmpty();
    assertThat(assembler.feed(new byte[] {8, 0, 0})).containsExactly(new byte[] {7, 8});
  }

  @Test
  void whatIsUnfinishedIsCountedUntilItIsWhole() {
    assembler.feed(chunk(FrameQueue.CHUNK, 1, 60));
    assembler.feed(chunk(FrameQueue.CHUNK, 2, 30));
    assertThat(assembler.unfinishedBytes()).isEqualTo(90);
    assertThat(assembler.feed(chunk(FrameQueue.LAST_CHUNK, 1, 10))).hasSize(1);
    assertThat(assembler.unfinishedBytes()).isEqualTo(30);
  }

  @Test
  void aLargeFrameInSmallPiecesCostsNoMoreThanItsBytes() {
    int length = 4 << 20;
    var trusting = new FrameAssembler(Integer.MAX_VALUE, Long.MAX_VALUE);
    var frame = new ByteWriter(0).i32(length + 1).u8(FrameQueue.WHOLE).raw(new byte[length], 0, length).toArray();
    Allocation.assertBounded(frame.length, 8, () -> {
      for (int from = 0; from < frame.length; from += 1000) {
        int to = Math.min(frame.length, from + 1000);
        assertThat(trusting.feed(Arrays.copyOfRange(frame, from, to))).hasSize(to == frame.length ? 1 : 0);
      }
    });
  }

  @Test
  void anEmptyMessageIsAMessage() {
    assertThat(assembler.feed(new byte[] {0, 0, 0, 1, FrameQueue.WHOLE})).containsExactly(new byte[0]);
  }

  @Test
  void anAnnouncedLengthAllocatesNothing() {
    var trusting = new FrameAssembler(Integer.MAX_VALUE, Long.MAX_VALUE);
    byte[] announced = new ByteWriter(0).i32(Integer.MAX_VALUE).u8(FrameQueue.CHUNK).i32(1).toArray();
    Allocation.assertBounded(announced.length, 0, () -> trusting.feed(announced));
    Allocation.assertBounded(announced.length, 0, () -> trusting.feed(new byte[100]));
  }

  @Test
  void aLengthOutsideItsLimitsIsMalformed() {
    for (int length : new int[] {0, -1, Integer.MIN_VALUE, 101, Integer.MAX_VALUE}) {
      assertMalformed(new ByteWriter(0).i32(length).toArray());
    }
    assertThatCode(() -> new FrameAssembler(100, 1_000).feed(new ByteWriter(0).i32(100).toArray()))
        .doesNotThrowAnyException();
  }

  @Test
  void aFrameOfAnUnknownKindIsMalformed() {
    assertMalformed(new ByteWriter(0).i32(1).u8(3).toArray());
    assertMalformed(new ByteWriter(0).i32(1).u8(255).toArray());
  }

  @Test
  void aChunkWithoutItsStreamIsMalformed() {
    assertMalformed(new ByteWriter(0).i32(4).u8(FrameQueue.CHUNK).u16(0).u8(0).toArray());
  }

  @Test
  void unfinishedMessagesOverTheLimitAreRefused() {
    for (int stream = 0; stream < 10; stream++) {
      assertThat(assembler.feed(chunk(FrameQueue.CHUNK, stream, 95))).isEmpty();
    }
    assertThat(assembler.feed(chunk(FrameQueue.CHUNK, 0, 50))).isEmpty();
    assertThatThrownBy(() -> assembler.feed(chunk(FrameQueue.CHUNK, 3, 1))).isInstanceOf(MalformedException.class);
  }

  @Test
  void aFinishedMessageGivesItsRoomBack() {
    for (int round = 0; round < 100; round++) {
      assertThat(assembler.feed(chunk(FrameQueue.CHUNK, round, 95))).isEmpty();
      assertThat(assembler.feed(chunk(FrameQueue.LAST_CHUNK, round, 95))).hasSize(1);
    }
  }

  @Test
  void tooManyUnfinishedMessagesAreRefusedHoweverSmall() {
    for (int stream = 0; stream < STREAMS; stream++) {
      assembler.feed(chunk(FrameQueue.CHUNK, stream, 0));
    }
    assertThat(assembler.feed(chunk(FrameQueue.CHUNK, 7, 1))).isEmpty();
    assertThatThrownBy(() -> assembler.feed(chunk(FrameQueue.CHUNK, STREAMS, 0)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void chunksOfSeveralMessagesDoNotMix() {
    assembler.feed(chunk(FrameQueue.CHUNK, 1, 3));
    assembler.feed(chunk(FrameQueue.CHUNK, 2, 4));
    assertThat(assembler.feed(chunk(FrameQueue.LAST_CHUNK, 1, 1))).containsExactly(new byte[] {1, 1, 1, 1});
    assertThat(assembler.feed(chunk(FrameQueue.LAST_CHUNK, 2, 1))).containsExactly(new byte[] {2, 2, 2, 2, 2});
  }

  @Test
  void garbageIsMalformedAndNothingWorse() {
    int refused = 0;
    for (int seed = 0; seed < 50_000; seed++) {
      if (isRefused(new SplittableRandom(seed))) {
        refused++;
      }
    }
    assertThat(refused).isBetween(10_000, 49_999);
  }

  private static boolean isRefused(SplittableRandom random) {
    var receiver = new FrameAssembler(100, 200);
    try {
      for (int part = 0; part < 10; part++) {
        receiver.feed(garbage(random));
      }
      return false;
    } catch (MalformedException expected) {
      return true;
    }
  }

  /** Random bytes, most of them made to look like the beginning of a frame. */
  private static byte[] garbage(SplittableRandom random) {
    var bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    if (bytes.length > 9 && random.nextInt(10) != 0) {
      var head = new ByteWriter(0).i32(bytes.length - 4).u8(random.nextInt(3)).i32(random.nextInt(3));
      System.arraycopy(head.buffer(), 0, bytes, 0, head.size());
    }
    return bytes;
  }

  private static byte[] chunk(int kind, int stream, int length) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) stream);
    return new ByteWriter(0).i32(length + 5).u8(kind).i32(stream).raw(bytes, 0, length).toArray();
  }

  private void assertMalformed(byte[] bytes) {
    assertThatThrownBy(() -> new FrameAssembler(100, 1_000).feed(bytes)).isInstanceOf(MalformedException.class);
  }
}
