package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The state on disk, and changes; an acceptor's steps and answers are messages, and so tested with those. */
class AcceptorCodecTest {
  /** Objects of the heap for a byte that was read: a result of 10 bytes is an entry, a result and its bytes in memory. */
  private static final int HEAP_PER_BYTE = 40;

  @Test
  void aStateThatIsWrittenIsReadBack() {
    for (int seed = 0; seed < 5_000; seed++) {
      var state = new ArbitraryStrong(new SplittableRandom(seed)).state();
      assertThat(AcceptorCodec.decode(AcceptorCodec.encode(state))).as("seed %d", seed).isEqualTo(state);
    }
    assertThat(AcceptorCodec.decode(AcceptorCodec.encode(AcceptorState.EMPTY))).isEqualTo(AcceptorState.EMPTY);
  }

  @Test
  void aChangeThatIsWrittenIsReadBack() {
    for (int seed = 0; seed < 5_000; seed++) {
      var change = new ArbitraryStrong(new SplittableRandom(seed)).change();
      assertThat(decodedChange(encodedChange(seed))).as("seed %d", seed).isEqualTo(change);
    }
  }

  @Test
  void aStateCutShortOrWithMoreBehindIsMalformed() {
    for (int seed = 0; seed < 300; seed++) {
      assertPartsMalformed(encodedState(seed), AcceptorCodec::decode);
      assertPartsMalformed(encodedChange(seed), AcceptorCodecTest::decodedChange);
    }
  }

  @Test
  void mutatedBytesAreAStateOrMalformedAndTakeNoMoreMemoryThanTheyJustify() {
    for (int seed = 0; seed < 30_000; seed++) {
      var random = new SplittableRandom(seed);
      var state = mutated(random, encodedState(seed));
      Allocation.assertBounded(state.length, HEAP_PER_BYTE, () -> decodeOrRefuse(state, AcceptorCodec::decode));
      var change = mutated(random, encodedChange(seed));
      Allocation.assertBounded(change.length, HEAP_PER_BYTE,
          () -> decodeOrRefuse(change, AcceptorCodecTest::decodedChange));
    }
  }

  @Test
  void forgedCountsOfResultsAllocateNothing() {
    for (long forged : new long[] {1L << 16, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1}) {
      assertForgedIsCheap(out -> out.varint(forged));
      assertForgedIsCheap(out -> out.varint(1).i64(1).i64(1).i64(1).varint(forged));
      assertForgedIsCheap(out -> out.varint(1).i64(1).i64(1).i64(1).varint(1).i64(1).u8(3).varint(forged));
    }
  }

  @Test
  void theSmallestResultsInGreatNumberTakeNoMoreMemoryThanTheyJustify() {
    var sessions = new ArrayList<Envelope.Session>();
    for (int i = 0; i < 5_000; i++) {
      var entries = new ArrayList<Envelope.Entry>();
      for (int j = 0; j < i % 20; j++) {
        entries.add(new Envelope.Entry(j, new ChangeResult.Text(Bytes.EMPTY)));
      }
      sessions.add(new Envelope.Session(i, 0, 0, entries));
    }
    var state = new AcceptorState(Ballot.NONE, Ballot.NONE, StoredRecord.EMPTY, new Envelope(sessions), 0);
    byte[] bytes = AcceptorCodec.encode(state);
    Allocation.assertBounded(bytes.length, HEAP_PER_BYTE, () -> AcceptorCodec.decode(bytes));
  }

  @Test
  void aDecimalOfABillionDigitsIsMalformed() {
    for (int scale : new int[] {Integer.MIN_VALUE, -10_001, 10_001, Integer.MAX_VALUE}) {
      var bytes = new ByteWriter(16).u8(4).i32(scale).bytes(Bytes.of(new byte[] {1})).toArray();
      assertThatThrownBy(() -> decodedChange(bytes)).isInstanceOf(MalformedException.class);
    }
    var tooLong = new ByteWriter(16).u8(4).i32(0).bytes(Bytes.of(new byte[5_001])).toArray();
    assertThatThrownBy(() -> decodedChange(tooLong)).isInstanceOf(MalformedException.class);
  }

  @Test
  void rejoiningIsForANodesOwnStore() {
    var rejoin = new AcceptorStep.Rejoin(Key.of(Bytes.of("k")), new Epoch(1, 3));
    assertThatThrownBy(() -> AcceptorCodec.write(rejoin, new ByteWriter(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @BeforeAll
  static void loadClassesBeforeTheirMemoryIsCounted() {
    for (int seed = 0; seed < 2_000; seed++) {
      var random = new SplittableRandom(seed);
      decodeOrRefuse(mutated(random, encodedState(seed)), AcceptorCodec::decode);
      decodeOrRefuse(mutated(random, encodedChange(seed)), AcceptorCodecTest::decodedChange);
    }
  }

  private static void assertForgedIsCheap(Consumer<ByteWriter> envelope) {
    var out = new ByteWriter(128).u8(1).i64(1).i64(1).i64(1).i64(1);
    RecordCodec.write(StoredRecord.EMPTY, out);
    envelope.accept(out);
    byte[] bytes = out.raw(new byte[64], 0, 64).toArray();
    Allocation.assertBounded(bytes.length, HEAP_PER_BYTE,
        () -> assertThatThrownBy(() -> AcceptorCodec.decode(bytes)).isInstanceOf(MalformedException.class));
  }

  private static void assertPartsMalformed(byte[] bytes, Function<byte[], ?> decode) {
    for (int length = 0; length < bytes.length; length++) {
      var part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decode.apply(part)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> decode.apply(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(MalformedException.class);
  }

  private static void decodeOrRefuse(byte[] bytes, Function<byte[], ?> decode) {
    try {
      decode.apply(bytes);
    } catch (MalformedException expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
  }

  private static byte[] mutated(SplittableRandom random, byte[] bytes) {
    byte[] mutated = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 5) : bytes.length);
    for (int flips = 1 + random.nextInt(3); flips > 0 && mutated.length > 0; flips--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
    }
    return mutated;
  }

  private static byte[] encodedState(long seed) {
    return AcceptorCodec.encode(new ArbitraryStrong(new SplittableRandom(seed)).state());
  }

  private static byte[] encodedChange(long seed) {
    var out = new ByteWriter(64);
    ChangeCodec.write(new ArbitraryStrong(new SplittableRandom(seed)).change(), out);
    return out.toArray();
  }

  private static Change decodedChange(byte[] bytes) {
    var in = new ByteReader(bytes);
    var change = ChangeCodec.read(in);
    in.end();
    return change;
  }
}
