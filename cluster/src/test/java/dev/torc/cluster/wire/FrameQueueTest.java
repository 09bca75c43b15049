package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
  private static final int CHUNK = 16;
  private static final int MAX_FRAME = CHUNK + 5;

  private final FrameQueue queue = new FrameQueue(CHUNK, 1_000);
  private final FrameAssembler assembler = new FrameAssembler(MAX_FRAME, 1_000);

  @Test
  void aSmallMessagePassesALargeOne() {
    queue.offer(message(1, 100));
    assertThat(arrived(queue.next())).isEmpty();
    queue.offer(message(2, 5));
    assertThat(arrived(queue.next())).containsExactly(message(2, 5));
    assertThat(arrived(drained(queue))).containsExactly(message(1, 100));
  }

  @Test
  void smallMessagesKeepTheirOrderAndLeaveTogether() {
    for (int i = 0; i < 10; i++) {
      queue.offer(message(i, i));
    }
    var expected = new ArrayList<byte[]>();
    for (int i = 0; i < 10; i++) {
      expected.add(message(i, i));
    }
    assertThat(arrived(queue.next())).containsExactlyElementsOf(expected);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aMessageOfExactlyOneChunkIsSmall() {
    queue.offer(message(1, CHUNK));
    assertThat(arrived(queue.next())).containsExactly(message(1, CHUNK));
  }

  @Test
  void largeMessagesTakeTurns() {
    queue.offer(message(1, 10 * CHUNK));
    queue.offer(message(2, 2 * CHUNK));
    queue.offer(message(3, 3 * CHUNK));
    assertThat(arrived(drained(queue))).containsExactly(message(2, 2 * CHUNK), message(3, 3 * CHUNK),
        message(1, 10 * CHUNK));
  }

  @Test
  void aTurnWritesNoMoreThanOneChunkOfTheLargeOnes() {
    queue.offer(message(1, 200));
    queue.offer(message(2, 200));
    while (!queue.isEmpty()) {
      assertThat(queue.next().length).isBetween(1, 4 + MAX_FRAME);
    }
  }

  @Test
  void whatIsOverTheLimitIsRefusedAndNotSent() {
    assertThat(queue.offer(message(1, 600))).isTrue();
    assertThat(queue.offer(message(2, 401))).isFalse();
    assertThat(queue.offer(message(3, 400))).isTrue();
    assertThat(queue.offer(message(4, 1))).isFalse();
    assertThat(queue.waitingBytes()).isEqualTo(1_000);
    assertThat(arrived(drained(queue))).containsExactly(message(3, 400), message(1, 600));
  }

  @Test
  void whatHasLeftMakesRoom() {
    queue.offer(message(1, 1_000));
    drained(queue);
    assertThat(queue.waitingBytes()).isZero();
    assertThat(queue.offer(message(2, 1_000))).isTrue();
    queue.next();
    assertThat(queue.waitingBytes()).isPositive();
  }

  @Test
  void anEmptyQueueHasNothingToWrite() {
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.next()).isEmpty();
  }

  @Test
  void everythingArrivesWholeWhereverTheBytesAreSplit() {
    byte[] bytes = drained(filled(new SplittableRandom(3), new ArrayList<>()));
    var whole = new FrameAssembler(MAX_FRAME, 10_000).feed(bytes);
    assertThat(whole).isNotEmpty();
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= Math.min(bytes.length, first + 30); second++) {
        var parts = List.of(Arrays.copyOf(bytes, first), Arrays.copyOfRange(bytes, first, second),
            Arrays.copyOfRange(bytes, second, bytes.length));
        assertThat(arrived(new FrameAssembler(MAX_FRAME, 10_000), parts)).containsExactlyElementsOf(whole);
      }
    }
  }

  @Test
  void everythingArrivesOnceOneByteAtATimeToo() {
    for (int seed = 0; seed < 50; seed++) {
      var offered = new ArrayList<byte[]>();
      byte[] bytes = drained(filled(new SplittableRandom(seed), offered));
      var parts = new ArrayList<byte[]>();
      for (byte b : bytes) {
        parts.add(new byte[] {b});
      }
      assertThat(arrived(new FrameAssembler(MAX_FRAME, 10_000), parts)).containsExactlyInAnyOrderElementsOf(offered);
    }
  }

  @Test
  void everythingArrivesOnceHoweverOffersWritesAndReadsInterleave() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new SplittableRandom(seed);
      var sender = new FrameQueue(CHUNK, 2_000);
      var receiver = new FrameAssembler(MAX_FRAME, 2_000);
      var offered = new ArrayList<byte[]>();
      var arrived = new ArrayList<byte[]>();
      for (int i = 0; i < 200 || !sender.isEmpty(); i++) {
        byte[] message = message(random.nextInt(),
            random.nextInt(8) == 0 ? random.nextInt(500) : random.nextInt(CHUNK + 1));
        if (i < 200 && sender.offer(message)) {
          offered.add(message);
        }
        if (random.nextInt(3) != 0) {
          arrived.addAll(arrived(receiver, split(random, sender.next())));
        }
      }
      assertThat(arrived).containsExactlyInAnyOrderElementsOf(offered);
      assertThat(small(arrived)).containsExactlyElementsOf(small(offered));
    }
  }

  private static FrameQueue filled(SplittableRandom random, List<byte[]> offered) {
    var filled = new FrameQueue(CHUNK, 10_000);
    for (int i = 0; i < 12; i++) {
      byte[] message = message(i, random.nextInt(4) == 0 ? random.nextInt(90) : random.nextInt(CHUNK + 1));
      assertThat(filled.offer(message)).isTrue();
      offered.add(message);
    }
    return filled;
  }

  private static List<byte[]> small(List<byte[]> messages) {
    return messages.stream().filter(message -> message.length <= CHUNK).toList();
  }

  private static List<byte[]> split(SplittableRandom random, byte[] bytes) {
    var parts = new ArrayList<byte[]>();
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
      parts.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return parts;
  }

  private static byte[] drained(FrameQueue queue) {
    var all = new ByteWriter(0);
    while (!queue.isEmpty()) {
      byte[] next = queue.next();
      all.raw(next, 0, next.length);
    }
    return all.toArray();
  }

  private List<byte[]> arrived(byte[] bytes) {
    return assembler.feed(bytes);
  }

  private static List<byte[]> arrived(FrameAssembler receiver, List<byte[]> parts) {
    var messages = new ArrayList<byte[]>();
    parts.forEach(part -> messages.addAll(receiver.feed(part)));
    return messages;
  }

  private static byte[] message(int seed, int length) {
    var bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }
}
