package dev.torc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.paxos.AcceptorState;
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

  @Test
  void acceptorsTakeTheirRoomFromTheRecordsAndAQuarterOfItAtMost() {
    var hot = new HotRecords(40_000);
    for (int i = 0; i < 100; i++) {
      hot.put(key(i), record(1_000));
    }
    assertThat(hot.bytes()).isBetween(38_000L, 40_000L);
    for (int i = 0; i < 100; i++) {
      hot.acceptors().put(key(i), state(i));
      hot.trim();
      assertThat(hot.acceptors().bytes()).isBetween(1L, 10_000L);
      assertThat(hot.bytes() + hot.acceptors().bytes()).isLessThanOrEqualTo(40_000);
    }
    assertThat(hot.acceptors().find(key(99))).isEqualTo(state(99));
    assertThat(hot.acceptors().find(key(0))).isNull();
    hot.clear();
    assertThat(hot.acceptors().size()).isZero();
    assertThat(hot.bytes() + hot.acceptors().bytes()).isZero();
  }

  private static AcceptorState state(int number) {
    var ballot = Scratch.ballot(number);
    return AcceptorState.EMPTY.accept(ballot, ballot, record(100), Scratch.results(ballot));
  }

  private static Key key(int number) {
    return Key.of(Bytes.of("k" + number));
  }

  private static StoredRecord record(int bytes) {
    var content = Content.of(Bytes.of(new byte[bytes]));
    return StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(1, 1), content);
  }
}
