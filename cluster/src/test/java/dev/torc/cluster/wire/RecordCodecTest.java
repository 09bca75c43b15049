package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.RecordGenerator;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  /** What the store puts before a key: slot and position. */
  private static final int STORAGE_KEY_BYTES = 8;

  @Test
  void whatIsWrittenIsReadBack() {
    for (int seed = 0; seed < 2_000; seed++) {
      var record = new RecordGenerator(seed).record();
      assertThat(RecordCodec.decode(RecordCodec.encode(record))).as("seed %d", seed).isEqualTo(record);
    }
    assertThat(RecordCodec.decode(RecordCodec.encode(StoredRecord.EMPTY))).isSameAs(StoredRecord.EMPTY);
  }

  @Test
  void equalRecordsHaveEqualBytes() {
    for (int seed = 0; seed < 500; seed++) {
      var chance = new RecordGenerator(seed);
      var a = chance.record();
      var b = chance.record();
      assertThat(RecordCodec.encode(a.merge(b))).isEqualTo(RecordCodec.encode(b.merge(a)));
    }
  }

  @Test
  void aRecordOfOneActorCostsAtMost48BytesOverKeyAndValue() {
    var dot = new Dot(-1, Hlc.atMillis(4_000_000_000_000L) + 65_535);
    for (int size : new int[] {0, 1, 100, 1_000, 10_000_000}) {
      for (long expiry : new long[] {Content.NEVER, 4_000_000_000_000L}) {
        var record = StoredRecord.EMPTY.update(VersionVector.EMPTY, dot,
            Content.of(Bytes.of(new byte[size]), expiry));
        assertThat(RecordCodec.encode(record).length + STORAGE_KEY_BYTES - size).isLessThanOrEqualTo(48);
      }
    }
  }

  @Test
  void aRecordCutShortOrWithMoreBehindIsMalformed() {
    var bytes = RecordCodec.encode(new RecordGenerator(4).record());
    for (int length = 0; length < bytes.length; length++) {
      var part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> RecordCodec.decode(part)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> RecordCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void mutatedBytesAreARecordOrMalformedAndNothingElse() {
    for (int seed = 0; seed < 30_000; seed++) {
      var chance = new RecordGenerator(seed);
      var bytes = RecordCodec.encode(chance.record());
      for (int n = chance.random().nextInt(4); n >= 0; n--) {
        bytes[chance.random().nextInt(bytes.length)] = (byte) chance.random().nextInt();
      }
      decodeOrRefuse(bytes, seed);
    }
  }

  @Test
  void randomBytesAreARecordOrMalformedAndNothingElse() {
    for (int seed = 0; seed < 30_000; seed++) {
      var random = new RecordGenerator(seed).random();
      var bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      if (bytes.length > 1) {
        bytes[0] = 1;
        bytes[1] &= 3;
      }
      decodeOrRefuse(bytes, seed);
    }
  }

  /** What was taken for a record is one: written and read it is the same. */
  private static void decodeOrRefuse(byte[] bytes, int seed) {
    try {
      var record = RecordCodec.decode(bytes);
      assertThat(RecordCodec.decode(RecordCodec.encode(record))).as("seed %d", seed).isEqualTo(record);
    } catch (MalformedException expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
  }
}
