package dev.torc.cluster.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.RecordHash;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.storage.TreeNodes;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.cluster.storage.Trees;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What it costs to find and repair d keys of n. A million by {@code -Drepair.keys=1000000}; values of 100 bytes. */
class RepairBytesTest {
  private static final int KEYS = Integer.getInteger("repair.keys", 100_000);
  private static final int VALUE_BYTES = 100;
  /** Of a level of the tree a node shown, its children, and what is left of both messages' heads. */
  private static final int BYTES_PER_LEVEL = 400;

  private final TreeMap<Integer, List<Integer>> keysOfLeaf = new TreeMap<>();
  private final long[] hashes = new long[1 << 20];

  RepairBytesTest() {
    for (int i = 0; i < KEYS; i++) {
      int leaf = TreeNodes.leaf(key(i));
      keysOfLeaf.computeIfAbsent(leaf, unknown -> new ArrayList<>(2)).add(i);
      hashes[TreeNodes.firstLeaf(leaf)] ^= RecordHash.of(key(i), record());
    }
  }

  @Test
  void whatMovesGrowsWithWhatDiffersAndHardlyWithWhatIsHeld() {
    for (int divergent : new int[] {0, 1, 100, Math.min(10_000, KEYS / 10)}) {
      var here = new Replica(divergent);
      var there = new Replica(0);
      var two = new TwoReplicas(here, here::perform, there::perform);
      var round = two.round();
      assertThat(List.of(round.isComplete(), round.divergent())).isEqualTo(List.of(true, (long) divergent));
      double perKey = divergent == 0 ? 0 : two.bytes() / (double) divergent;
      System.out.printf(Locale.ROOT, "n = %d, d = %d: %d bytes both ways, %.0f for each divergent key%n", KEYS,
          divergent,
          two.bytes(), perKey);
      double levels = Math.log(KEYS) / Math.log(TreeNodes.FAN_OUT) + 1;
      assertThat((double) two.bytes()).isLessThan(100 + divergent * (600 + BYTES_PER_LEVEL * levels));
      assertThat(two.round().repaired()).isZero();
      assertThat(two.bytes()).isLessThan(100);
    }
  }

  private static Key key(int i) {
    return Key.of(Bytes.of(String.format("key:%08d", i)));
  }

  private static StoredRecord record() {
    return StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(7, 1_000),
        Content.of(Bytes.of(new byte[VALUE_BYTES])));
  }

  /** Holds all keys but some of the first, spread by their hashes. */
  private final class Replica implements Trees {
    private final BitSet missing = new BitSet();
    private final long[] leaves = hashes.clone();

    private Replica(int divergent) {
      for (int i = 0; i < divergent; i++) {
        missing.set(i);
        leaves[TreeNodes.firstLeaf(TreeNodes.leaf(key(i)))] ^= RecordHash.of(key(i), record());
      }
    }

    private StoreAnswer perform(StoreStep step) {
      return switch (step) {
        case TreeStep.Compare compare -> compare.apply(this);
        case TreeStep.Digests digests -> digested(digests);
        case StoreStep.Fetch fetch ->
          new StoreAnswer.Held(missing.get(number(fetch.key())) ? StoredRecord.EMPTY : record());
        case StoreStep.Merge merge -> {
          missing.clear(number(merge.key()));
          leaves[TreeNodes.firstLeaf(TreeNodes.leaf(merge.key()))] ^= RecordHash.of(merge.key(), merge.incoming());
          yield new StoreAnswer.Merged(StoreAnswer.Before.NOTHING);
        }
        default -> throw new AssertionError(step);
      };
    }

    private StoreAnswer digested(TreeStep.Digests digests) {
      return new TreeAnswer.Digested(keysOfLeaf.getOrDefault(digests.leaf(), List.of()).stream()
          .filter(i -> !missing.get(i)).map(i -> new TreeAnswer.Digest(key(i).bytes(), RecordHash.of(key(i), record())))
          .toList(), ScanPoint.END);
    }

    private static int number(Key key) {
      return Integer.parseInt(key.bytes().text().substring(4));
    }

    @Override
    public boolean isComplete() { return true; }

    @Override
    public long missed() {
      return 0;
    }

    @Override
    public long partition() {
      return 0;
    }

    @Override
    public List<Integer> inUse() {
      return List.of(0);
    }

    @Override
    public long hash(int replicas, int node, SlotSet among) {
      long hash = 0;
      for (int leaf = TreeNodes.firstLeaf(node), end = leaf + TreeNodes.leaves(node); leaf < end; leaf++) {
        hash ^= leaves[leaf];
      }
      return hash;
    }
  }
}
