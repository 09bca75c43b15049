package dev.torc.compat;

import static dev.torc.compat.client.KeyValueClient.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.compat.client.ClientKind;
import dev.torc.compat.client.KeyValueClient;
import dev.torc.compat.process.SharedCluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every client in every mode finds. */
@ExtendWith(SharedCluster.class)
@ParameterizedClass
@EnumSource(ClientKind.class)
class ClientMatrixTest {
  private static final int MOST_BYTES = 10 * 1024 * 1024;

  @Parameter
  ClientKind kind;

  private KeyValueClient client;

  @BeforeEach
  void open() {
    client = kind.open(SharedCluster.get().ports());
  }

  @AfterEach
  void close() {
    client.close();
  }

  private byte[] key(String name) {
    return bytes(kind + ":" + name);
  }

  @Test
  void whatIsSetIsFoundAndWhatIsDeletedIsMissing() {
    client.set(key("a"), bytes("1"));
    assertThat(client.get(key("a"))).isEqualTo(bytes("1"));
    assertThat(client.exists(key("a"))).isEqualTo(1);
    assertThat(client.del(key("a"))).isEqualTo(1);
    assertThat(client.del(key("a"))).isZero();
    assertThat(client.get(key("a"))).isNull();
    assertThat(client.exists(key("a"))).isZero();
  }

  @Test
  void severalKeysOfSeveralSlotsAreOneCommand() {
    var entries = new LinkedHashMap<byte[], byte[]>();
    IntStream.range(0, 50).forEach(i -> entries.put(key("m" + i), bytes("v" + i)));
    client.mset(entries);
    var keys = new ArrayList<>(entries.keySet());
    keys.add(25, key("missing"));
    var expected = new ArrayList<>(entries.values());
    expected.add(25, null);
    byte[][] asked = keys.toArray(byte[][]::new);
    var found = assertThat(client.mget(asked)).usingElementComparator(Arrays::compare);
    if (kind == ClientKind.VERTX_CLUSTER) {
      // This client splits the command by slots, and puts the answers together in the order of the slots.
      found.containsExactlyInAnyOrderElementsOf(expected);
    } else {
      found.containsExactlyElementsOf(expected);
    }
    assertThat(client.exists(asked)).isEqualTo(50);
    assertThat(client.del(asked)).isEqualTo(50);
  }

  @Test
  void anExpiryIsKeptAndAKeyWithoutOneHasNone() {
    client.setExpiring(key("e"), bytes("v"), 100);
    assertThat(client.ttl(key("e"))).isBetween(95L, 100L);
    client.set(key("e"), bytes("v"));
    assertThat(client.ttl(key("e"))).isEqualTo(-1);
    assertThat(client.ttl(key("none"))).isEqualTo(-2);
  }

  @Test
  void keysAndValuesAreAnyBytes() {
    byte[] all = new byte[256];
    IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
    client.set(all, all);
    assertThat(client.get(all)).isEqualTo(all);
    client.set(all, new byte[0]);
    assertThat(client.get(all)).isEmpty();
    assertThat(client.del(all)).isEqualTo(1);
  }

  @Test
  void aScanOverTheClusterReturnsEveryKeyOnce() {
    var entries = new LinkedHashMap<byte[], byte[]>();
    var expected = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      entries.put(key("scan:" + i), bytes("v"));
      expected.add(kind + ":scan:" + i);
    }
    client.mset(entries);
    assertThat(client.scan(kind + ":scan:*")).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theServerTellsAboutItselfAndTheConnection() {
    assertThat(client.ping()).isEqualTo("PONG");
    assertThat(client.info()).contains("redis_version:7.2.4", "redis_mode:cluster", "cluster_enabled:1", "loading:0");
    assertThat(client.configGet("proto-max-bulk-len")).containsEntry("proto-max-bulk-len",
        Integer.toString(MOST_BYTES));
    assertThat(client.named("matrix")).isEqualTo("matrix");
  }

  @Test
  void whatDoesNotExistIsRefusedAsRedisRefusesIt() {
    assertThatThrownBy(() -> client.send("nosuch"))
        .hasStackTraceContaining("ERR unknown command 'nosuch', with args beginning with:");
  }

  @Test
  void aCounterCounts() {
    client.incr(key("i"));
    client.incr(key("i"));
    assertThat(client.get(key("i"))).isEqualTo(bytes("2"));
  }

  @Test
  void aPipelineOfTenThousandIsAnsweredInOrder() {
    var keys = IntStream.range(0, 5_000).mapToObj(i -> key("p" + i)).toList();
    var values = IntStream.range(0, 5_000).mapToObj(i -> bytes("v" + i)).toList();
    List<byte[]> found = client.pipeline(keys, values);
    assertThat(found).usingElementComparator(Arrays::compare).containsExactlyElementsOf(values);
  }

  @Test
  void aValueOfTenMegabytesFitsAndALargerOneIsRefused() {
    byte[] value = new byte[MOST_BYTES];
    new Random(7).nextBytes(value);
    client.set(key("big"), value);
    assertThat(Arrays.equals(client.get(key("big")), value)).isTrue();
    assertThat(client.del(key("big"))).isEqualTo(1);
    assertThatThrownBy(() -> client.set(key("bigger"), new byte[MOST_BYTES + 1]))
        .isNotInstanceOf(AssertionError.class);
    try (var other = kind.open(SharedCluster.get().ports())) {
      assertThat(other.get(key("bigger"))).isNull();
    }
  }
}
