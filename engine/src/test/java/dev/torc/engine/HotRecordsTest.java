package dev.torc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import org.junit.jupiter.api.Test;

class HotRecordsTest {

  @Test
  void theRecordTouchedLongestAgoGoesFirst() {
    var hot = new HotRecords(3 * 1_500);
    for (int i = 0; i < 3; i++) {
      hot.put(key(i), record(1_000));
    }
    assertThat(hot.find(key(0))).isNotNull();
    hot.put(key(3), record(1_000));
    assertThat(hot.find(key(1))).isNull();
    assertThat(hot.find(key(0))).isNotNull();
  }

  @Test
  void itNeverHoldsMoreBytesThanAllowedAndNothingLarge() {
    var hot = new HotRecords(20_000);
    for (int i = 0; i < 1_000; i++) {
      hot.put(key(i % 50), record(i * 37 % 3_000));
      assertThat(hot.bytes()).isBetween(0L, 20_000L);
    }
    hot.put(key(1), record(100));
    hot.put(key(1), record(17 << 10));
    assertThat(hot.find(key(1))).isNull();
    for (int i = 0; i < 50; i++) {
      hot.remove(key(i));
    }
    assertThat(hot.bytes()).isZero();
    assertThat(hot.size()).isZero();
  }

  private static Key key(int number) {
    return Key.of(Bytes.of("k" + number));
  }

  private static StoredRecord record(int bytes) {
    var content = Content.of(Bytes.of(new byte[bytes]));
    return StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(1, 1), content);
  }
}
