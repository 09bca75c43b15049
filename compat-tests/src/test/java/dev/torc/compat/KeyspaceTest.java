package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.SharedCluster;
import dev.torc.compat.resp.RespSocket;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is in the cluster, node by node and as a whole. */
@ExtendWith(SharedCluster.class)
class KeyspaceTest {
  private static final int KEYS = 1_000;

  private final Cluster cluster = SharedCluster.get();
  private final List<RespSocket> nodes = new ArrayList<>();

  @BeforeEach
  void fill() {
    cluster.ports().forEach(port -> nodes.add(RespSocket.connect(port)));
    assertThat(nodes.getFirst().call("FLUSHALL")).isEqualTo("OK");
    var words = new ArrayList<>(List.of("MSET"));
    names().forEach(name -> words.addAll(List.of(name, "v")));
    assertThat(nodes.get(1).call(words.toArray(String[]::new))).isEqualTo("OK");
  }

  @AfterEach
  void close() {
    nodes.forEach(RespSocket::close);
  }

  private static List<String> names() {
    return IntStream.range(0, KEYS).mapToObj(i -> "ks:" + i).toList();
  }

  private static long number(Object reply) {
    return (Long) reply;
  }

  private static List<String> strings(Object reply) {
    return ((List<?>) reply).stream().map(String.class::cast).toList();
  }

  private static List<String> scan(RespSocket node, String... words) {
    var found = new ArrayList<String>();
    String cursor = "0";
    do {
      words[1] = cursor;
      var page = (List<?>) node.call(words);
      cursor = (String) page.get(0);
      found.addAll(strings(page.get(1)));
    } while (!cursor.equals("0"));
    return found;
  }

  @Test
  void theNodesFiguresAddUpAndTheClustersIsTheSum() {
    assertThat(nodes.stream().mapToLong(node -> number(node.call("DBSIZE"))).sum()).isEqualTo(KEYS);
    nodes.forEach(node -> assertThat(number(node.call("KV.SIZE"))).isEqualTo(KEYS));
  }

  @Test
  void keysScanAndRandomKeyOfANodeAreThoseOfItsSlots() {
    var all = new ArrayList<String>();
    for (var node : nodes) {
      var keys = strings(node.call("KEYS", "ks:*"));
      assertThat(scan(node, "SCAN", "0", "COUNT", "50")).containsExactlyInAnyOrderElementsOf(keys);
      assertThat(keys).contains((String) node.call("RANDOMKEY"));
      all.addAll(keys);
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(names());
  }

  @Test
  void aScanOfTheClusterIsTheSameThroughEveryNode() {
    nodes.forEach(node -> assertThat(scan(node, "KV.SCAN", "0")).containsExactlyInAnyOrderElementsOf(names()));
    var some = names().stream().filter(name -> name.matches("ks:1.")).toList();
    assertThat(scan(nodes.get(2), "KV.SCAN", "0", "MATCH", "ks:1?", "COUNT", "77"))
        .containsExactlyInAnyOrderElementsOf(some);
  }

  @Test
  void aKeyThatIsThereAllAlongIsScannedWhateverComesAndGoes() {
    var stop = new AtomicBoolean();
    var churn = CompletableFuture.runAsync(() -> {
      try (var writer = cluster.connect(1)) {
        for (int i = 0; !stop.get(); i++) {
          writer.call("SET", "churn:" + i % 500, "v");
          writer.call("DEL", "churn:" + (i + 250) % 500);
        }
      }
    });
    try {
      for (int round = 0; round < 5; round++) {
        Set<String> found = new HashSet<>();
        nodes.forEach(node -> found.addAll(scan(node, "SCAN", "0", "MATCH", "ks:*", "COUNT", "13")));
        assertThat(found).containsExactlyInAnyOrderElementsOf(names());
      }
    } finally {
      stop.set(true);
    }
    churn.join();
  }

  @Test
  void flushOnOneNodeEmptiesAll() {
    assertThat(nodes.get(2).call("FLUSHALL")).isEqualTo("OK");
    nodes.forEach(node -> {
      assertThat(node.call("DBSIZE")).isEqualTo(0L);
      assertThat(node.call("KV.SIZE")).isEqualTo(0L);
      assertThat(node.call("RANDOMKEY")).isNull();
      assertThat(node.call("GET", "ks:1")).isNull();
    });
  }

  @Test
  void aSlotKnowsItsKeys() {
    var tagged = IntStream.range(0, 20).mapToObj(i -> "{tag}" + i).toList();
    tagged.forEach(key -> nodes.getFirst().call("SET", key, "v"));
    String slot = Long.toString(number(nodes.getFirst().call("CLUSTER", "KEYSLOT", "{tag}x")));
    var others = names().stream().filter(name -> nodes.getFirst().call("CLUSTER", "KEYSLOT", name).toString()
        .equals(slot)).count();
    nodes.forEach(node -> {
      assertThat(number(node.call("CLUSTER", "COUNTKEYSINSLOT", slot))).isEqualTo(20 + others);
      assertThat(strings(node.call("CLUSTER", "GETKEYSINSLOT", slot, "1000"))).containsAll(tagged);
      assertThat(strings(node.call("CLUSTER", "GETKEYSINSLOT", slot, "5"))).hasSize(5);
    });
  }

  @Test
  void everySlotHasOneNodeInEveryAnswerThatListsThem() {
    for (var node : nodes) {
      var ofSlots = new ArrayList<int[]>();
      for (Object entry : (List<?>) node.call("CLUSTER", "SLOTS")) {
        var range = (List<?>) entry;
        ofSlots.add(new int[] {(int) number(range.get(0)), (int) number(range.get(1))});
      }
      assertCoverAll(ofSlots);
      var ofShards = new ArrayList<int[]>();
      for (Object shard : (List<?>) node.call("CLUSTER", "SHARDS")) {
        var bounds = (List<?>) ((List<?>) shard).get(1);
        for (int i = 0; i < bounds.size(); i += 2) {
          ofShards.add(new int[] {(int) number(bounds.get(i)), (int) number(bounds.get(i + 1))});
        }
      }
      assertCoverAll(ofShards);
      assertCoverAll(rangesOfNodes((String) node.call("CLUSTER", "NODES")));
    }
  }

  private static List<int[]> rangesOfNodes(String text) {
    var ranges = new ArrayList<int[]>();
    text.lines().map(line -> line.split(" ")).forEach(words -> {
      for (int i = 8; i < words.length; i++) {
        String[] ends = words[i].split("-");
        ranges.add(new int[] {Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])});
      }
    });
    return ranges;
  }

  private static void assertCoverAll(List<int[]> ranges) {
    var slots = new BitSet();
    ranges.forEach(range -> {
      assertThat(slots.get(range[0], range[1] + 1).isEmpty()).isTrue();
      slots.set(range[0], range[1] + 1);
    });
    assertThat(slots.cardinality()).isEqualTo(16_384);
    assertThat(slots.length()).isEqualTo(16_384);
  }
}
