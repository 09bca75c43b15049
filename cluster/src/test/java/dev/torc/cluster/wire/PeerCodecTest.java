package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PeerCodecTest {
  /** Objects of the heap for a byte that was read: a key of no bytes is one on the wire, and its list's place and header in memory. */
  private static final int HEAP_PER_BYTE = 100;
  private static final Key KEY = Key.of(Bytes.of("key"));

  @Test
  void whatIsWrittenIsRead() {
    var kinds = new TreeSet<String>();
    for (int seed = 0; seed < 5_000; seed++) {
      var message = new ArbitraryMessage(new SplittableRandom(seed)).message();
      assertThat(PeerCodec.decode(PeerCodec.encode(message))).isEqualTo(message);
      kinds.add(kind(message));
    }
    assertThat(kinds).containsExactly("Forward Propose", "Forward StrongAll", "Forward Write", "Forwarded Changed",
        "Forwarded Found",
        "Forwarded Refused", "Forwarded Uncertain", "Forwarded Written",
        "Perform Accept", "Perform Compare", "Perform Confirm", "Perform Count", "Perform CountKept", "Perform Digests",
        "Perform Fetch", "Perform FetchKept", "Perform Inspect", "Perform Keep", "Perform Leftovers", "Perform Merge",
        "Perform Prepare", "Perform Query", "Perform Reap", "Perform Scan", "Perform TellMissed", "Performed Abstained",
        "Performed Accepted",
        "Performed Compared", "Performed Confirmed", "Performed Counted", "Performed Digested", "Performed Failed",
        "Performed Held", "Performed HeldVersion", "Performed Inspected", "Performed Merged", "Performed Nacked",
        "Performed Page", "Performed Promised", "Performed Queried", "Performed Reaped", "Performed Stale",
        "Performed Tally", "Together");
  }

  @Test
  void partsAreTwoAtLeastAndBoundedAndHaveNoPartsThemselves() {
    var part = new PeerMessage.Performed(7, 8, new StoreAnswer.Counted(9));
    int most = PeerMessage.Together.MAX_PARTS;
    var largest = new PeerMessage.Together(Collections.nCopies(most, part));
    assertThat(PeerCodec.decode(PeerCodec.encode(largest))).isEqualTo(largest);
    for (int parts : new int[] {0, 1, most + 1}) {
      var out = new ByteWriter(64).u8(5).varint(parts);
      for (int i = 0; i < parts; i++) {
        performed(out).u8(5).i64(9);
      }
      assertMalformed(out.toArray());
    }
    byte[] nested = new ByteWriter(64).u8(5).varint(2).u8(5).varint(2).raw(new byte[200], 0, 200).toArray();
    assertThatThrownBy(() -> PeerCodec.decode(nested)).isInstanceOf(MalformedException.class)
        .hasMessage("a message of kind 5");
  }

  @Test
  void oneMessageHasOneForm() {
    for (int seed = 0; seed < 1_000; seed++) {
      byte[] bytes = PeerCodec.encode(new ArbitraryMessage(new SplittableRandom(seed)).message());
      assertThat(PeerCodec.encode(PeerCodec.decode(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void aPutNeverTravelsForOnlyAReplicaMintsDots() {
    var put = new StoreStep.Put(KEY, Content.TOMBSTONE, Causality.BLIND, 0);
    var stored = new StoreAnswer.Stored(new Dot(1, 1), StoredRecord.EMPTY, StoreAnswer.Before.NOTHING);
    assertThatThrownBy(() -> PeerCodec.encode(new PeerMessage.Perform(1, 1, 1, put)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PeerCodec.encode(new PeerMessage.Performed(1, 1, stored)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyTheOutcomesOfWhatIsForwardedTravel() {
    for (var outcome : List.of(new Outcome.Listed(List.of(), ScanPoint.END), new Outcome.Counted(1),
        new Outcome.Flushed())) {
      assertThatThrownBy(() -> PeerCodec.encode(new PeerMessage.Forwarded(1, 1, outcome)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void everyTruncationAndAByteTooManyAreMalformed() {
    for (int seed = 0; seed < 200; seed++) {
      byte[] bytes = PeerCodec.encode(new ArbitraryMessage(new SplittableRandom(seed)).message());
      for (int length = 0; length < bytes.length; length++) {
        assertMalformed(Arrays.copyOf(bytes, length));
      }
      assertMalformed(Arrays.copyOf(bytes, bytes.length + 1));
    }
  }

  @Test
  void anythingElseIsMalformedAndNothingWorse() {
    int refused = 0;
    for (int seed = 0; seed < 100_000; seed++) {
      var random = new SplittableRandom(seed);
      byte[] bytes = seed % 3 == 0
          ? garbage(random)
          : mutated(random, PeerCodec.encode(new ArbitraryMessage(random).message()));
      refused += isRefused(bytes) ? 1 : 0;
    }
    assertThat(refused).isBetween(30_000, 99_000);
  }

  @Test
  void forgedCountsAndLengthsAllocateNothing() {
    for (long forged : new long[] {1L << 20, Integer.MAX_VALUE, 1L << 32, 1L << 60, Long.MAX_VALUE, -1}) {
      List<Consumer<ByteWriter>> bodies = List.of(
          out -> perform(out).u8(1).varint(forged),
          out -> perform(out).u8(2).bytes(KEY.bytes()).u8(1).varint(forged),
          out -> perform(out).u8(2).bytes(KEY.bytes()).u8(1).varint(0).varint(forged),
          out -> perform(out).u8(3).varint(forged),
          out -> perform(out).u8(4).varint(forged),
          out -> out.u8(5).varint(forged),
          out -> performed(out.u8(5).varint(2)).u8(4).varint(forged),
          out -> performed(out).u8(2).varint(forged),
          out -> performed(out).u8(4).varint(forged),
          out -> performed(out).u8(6).u8(0).varint(forged));
      for (var body : bodies) {
        var out = new ByteWriter(64);
        body.accept(out);
        byte[] bytes = out.raw(new byte[64], 0, 64).toArray();
        Allocation.assertBounded(bytes.length, HEAP_PER_BYTE, () -> assertMalformed(bytes));
      }
    }
  }

  /** As many as are looked at later: a kind that only a mutation makes comes up in one of thousands. */
  @BeforeAll
  static void loadClassesBeforeTheirMemoryIsCounted() {
    for (int seed = 0; seed < 20_000; seed++) {
      var random = new SplittableRandom(seed);
      decodeOrRefuse(mutated(random, PeerCodec.encode(new ArbitraryMessage(random).message())));
      decodeOrRefuse(new byte[] {9});
    }
    assertMalformed(new byte[] {9});
  }

  @Test
  void memoryFollowsTheBytesThatCame() {
    for (int seed = 0; seed < 20_000; seed++) {
      var random = new SplittableRandom(seed);
      byte[] bytes = mutated(random, PeerCodec.encode(new ArbitraryMessage(random).message()));
      Allocation.assertBounded(bytes.length, HEAP_PER_BYTE, () -> decodeOrRefuse(bytes));
    }
  }

  /** Whether these bytes are refused; those that are not must mean something that can be said again. */
  private static boolean isRefused(byte[] bytes) {
    PeerMessage message;
    try {
      message = PeerCodec.decode(bytes);
    } catch (MalformedException expected) {
      return true;
    }
    assertThat(PeerCodec.decode(PeerCodec.encode(message))).isEqualTo(message);
    return false;
  }

  private static void decodeOrRefuse(byte[] bytes) {
    try {
      PeerCodec.decode(bytes);
    } catch (MalformedException expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
  }

  private static byte[] garbage(SplittableRandom random) {
    var bytes = new byte[random.nextInt(120)];
    random.nextBytes(bytes);
    if (bytes.length > 25) {
      bytes[0] = (byte) (1 + random.nextInt(5));
      bytes[random.nextBoolean() ? 17 : 25] = (byte) (1 + random.nextInt(6));
    }
    return bytes;
  }

  private static byte[] mutated(SplittableRandom random, byte[] bytes) {
    byte[] mutated = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 5) : bytes.length);
    for (int flips = 1 + random.nextInt(3); flips > 0 && mutated.length > 0; flips--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
    }
    return mutated;
  }

  private static ByteWriter perform(ByteWriter out) {
    return out.u8(1).i64(7).i64(8).i64(9);
  }

  private static ByteWriter performed(ByteWriter out) {
    return out.u8(2).i64(7).i64(8);
  }

  private static String kind(PeerMessage message) {
    return switch (message) {
      case PeerMessage.Perform perform -> "Perform " + perform.step().getClass().getSimpleName();
      case PeerMessage.Performed performed -> "Performed " + performed.answer().getClass().getSimpleName();
      case PeerMessage.Forward forward -> "Forward " + forward.request().getClass().getSimpleName();
      case PeerMessage.Forwarded forwarded -> "Forwarded " + forwarded.outcome().getClass().getSimpleName();
      case PeerMessage.Together together -> "Together";
    };
  }

  private static void assertMalformed(byte[] bytes) {
    assertThatThrownBy(() -> PeerCodec.decode(bytes)).isInstanceOf(MalformedException.class);
  }
}
