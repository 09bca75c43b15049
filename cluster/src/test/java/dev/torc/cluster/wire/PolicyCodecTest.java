package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.PolicyEntry;
import dev.torc.cluster.policy.PolicyGenerator;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.NodeId;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyCodecTest {

  @Test
  void whatIsWrittenIsRead() {
    for (int seed = 0; seed < 5_000; seed++) {
      var table = new PolicyGenerator(seed).table();
      assertThat(PolicyCodec.decode(PolicyCodec.encode(table))).isEqualTo(table);
    }
  }

  @Test
  void anythingElseIsMalformedAndNothingWorse() {
    var random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = PolicyCodec.encode(new PolicyGenerator(i).table());
      bytes = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 5) : bytes.length);
      for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        var table = PolicyCodec.decode(bytes);
        assertThat(PolicyCodec.decode(PolicyCodec.encode(table))).isEqualTo(table);
      } catch (MalformedException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(30_000);
  }

  @Test
  void everyTruncationIsMalformed() {
    byte[] bytes = PolicyCodec.encode(new PolicyGenerator(5).table());
    assertThat(bytes.length).isGreaterThan(50);
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> PolicyCodec.decode(part)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void theLongestEntryFitsTheSmallestDatagramAndAFullTableAMebibyte() {
    assertThat(PolicyCodec.sizeBytes(longest(0)))
        .isLessThanOrEqualTo(600 - GossipCodec.overheadBytes("c".repeat(64)));
    var full = PolicyTable.of(IntStream.range(0, PolicyTable.MAX_ENTRIES).mapToObj(PolicyCodecTest::longest).toList());
    assertThat(PolicyCodec.encode(full).length).isBetween(280 * PolicyTable.MAX_ENTRIES, 1 << 20);
  }

  private static PolicyEntry longest(int number) {
    var policy = new Policy(Optional.of(Conflict.LATEST), Optional.of(Level.QUORUM), Optional.of(Level.QUORUM),
        OptionalInt.of(16),
        Optional.of(true));
    return new PolicyEntry(Bytes.of("p".repeat(252) + "%04d".formatted(number)), Optional.of(policy), Long.MAX_VALUE,
        new NodeId(-1));
  }
}
