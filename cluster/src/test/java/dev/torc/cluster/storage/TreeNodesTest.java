package dev.torc.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.RecordGenerator;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeNodesTest {

  @Test
  void aLeafIsWhereItsKeysAre() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      var key = Key.of(Bytes.of("key" + random.nextLong()));
      int leaf = TreeNodes.leaf(key);
      assertThat(TreeNodes.slot(leaf)).isEqualTo(key.slot());
      assertThat(TreeNodes.from(leaf).isBehind(key)).isFalse();
      assertThat(TreeNodes.to(leaf).isBehind(key)).isTrue();
    }
  }

  @Test
  void leavesFollowEachOtherToTheEnd() {
    int first = TreeNodes.leafNode(0);
    assertThat(TreeNodes.from(first)).isEqualTo(ScanPoint.START);
    for (int leaf = first; leaf < first + TreeNodes.leaves(TreeNodes.ROOT) - 1; leaf++) {
      assertThat(TreeNodes.to(leaf)).isEqualTo(TreeNodes.from(leaf + 1));
    }
    assertThat(TreeNodes.to(first + TreeNodes.leaves(TreeNodes.ROOT) - 1)).isEqualTo(ScanPoint.END);
    assertThat(TreeNodes.leaves(TreeNodes.ROOT)).isEqualTo(Slot.COUNT * TreeNodes.LEAVES);
  }

  @Test
  void theChildrenOfANodePartItsLeaves() {
    var random = new SplittableRandom(2);
    for (int i = 0; i < 1_000; i++) {
      int node = TreeNodes.ROOT;
      while (!TreeNodes.isLeaf(node)) {
        assertThat(TreeNodes.isNode(node)).isTrue();
        int next = TreeNodes.firstLeaf(node);
        for (int child = 0; child < TreeNodes.FAN_OUT; child++) {
          assertThat(TreeNodes.firstLeaf(TreeNodes.child(node, child))).isEqualTo(next);
          next += TreeNodes.leaves(TreeNodes.child(node, child));
        }
        assertThat(next).isEqualTo(TreeNodes.firstLeaf(node) + TreeNodes.leaves(node));
        node = TreeNodes.child(node, random.nextInt(TreeNodes.FAN_OUT));
      }
      assertThat(TreeNodes.isNode(node)).isTrue();
    }
  }

  @Test
  void numbersBetweenTheLevelsAreNoNodes() {
    var nodes = IntStream.range(-20, 1_000).filter(TreeNodes::isNode).boxed().toList();
    assertThat(nodes).isEqualTo(IntStream.concat(IntStream.of(1), IntStream.concat(IntStream.range(16, 32),
        IntStream.range(256, 512))).boxed().toList());
    assertThat(TreeNodes.isNode(1 << 21)).isFalse();
    assertThat(TreeNodes.isNode(1 << 24)).isFalse();
    assertThat(TreeNodes.isNode(Integer.MAX_VALUE)).isFalse();
  }

  @Test
  void recordsHaveEqualHashesOnlyIfTheyAreEqual() {
    var key = Key.of(Bytes.of("a"));
    var records = new TreeSet<String>();
    var hashes = new TreeSet<Long>();
    for (long seed = 0; seed < 3_000; seed++) {
      var record = new RecordGenerator(seed).record();
      records
          .add(record.version() + " " + record.siblings().stream().map(sibling -> sibling.dot().toString()).toList());
      hashes.add(RecordHash.of(key, record));
    }
    assertThat(hashes.size()).isEqualTo(records.size());
    assertThat(RecordHash.of(key, StoredRecord.EMPTY)).isEqualTo(RecordHash.NONE);
  }

  @Test
  void aValueThatHasExpiredOnOneReplicaAlreadyIsNoDifference() {
    var key = Key.of(Bytes.of("a"));
    var record = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(1, 2), Content.of(Bytes.of("v"), 10));
    assertThat(RecordHash.of(key, record.collapseExpired(11))).isEqualTo(RecordHash.of(key, record));
  }

  @Test
  void theSameRecordUnderAnotherKeyHasAnotherHash() {
    var record = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(1, 2), Content.of(Bytes.of("v")));
    assertThat(RecordHash.of(Key.of(Bytes.of("a")), record)).isNotEqualTo(RecordHash.of(Key.of(Bytes.of("b")), record));
  }
}
