package dev.torc.cluster.storage;

import dev.torc.cluster.policy.ReplicaCounts;
import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The trees of a store in memory: of each N the leaves that have a key. Few keys make small trees. */
public final class MemoryTrees implements Trees {
  private final TreeMap<Integer, TreeMap<Integer, Long>> leaves = new TreeMap<>();
  private ReplicaCounts counts = ReplicaCounts.UNIFORM;
  private Predicate<StoreStep> isNoted = step -> true;
  private boolean complete = true;
  private long missed;

  /** By which keys have their N; to be followed by {@link #rebuild}. */
  public void partitionBy(ReplicaCounts newCounts) {
    counts = newCounts;
  }

  /** As while the trees of a store on disk are being built. */
  public void setComplete(boolean isComplete) {
    complete = isComplete;
  }

  /** A store that forgets to update its trees with some steps. */
  public void noteOnly(Predicate<StoreStep> steps) {
    isNoted = steps;
  }

  StoreAnswer onMissed() {
    missed++;
    return new StoreAnswer.Confirmed(true);
  }

  @Override
  public long missed() {
    return missed;
  }

  void onChanged(Key key, StoreStep step, StoredRecord before, StoredRecord now) {
    if (before != now && isNoted.test(step)) {
      change(key, RecordHash.of(key, before) ^ RecordHash.of(key, now));
    }
  }

  /** As from the records. */
  public void rebuild(Map<Key, StoredRecord> records) {
    leaves.clear();
    records.forEach((key, record) -> change(key, RecordHash.of(key, record)));
  }

  private void change(Key key, long difference) {
    leaves.computeIfAbsent(counts.of(key.bytes()), unknown -> new TreeMap<>()).merge(TreeNodes.leaf(key), difference,
        (a, b) -> (a ^ b) == 0 ? null : a ^ b);
    leaves.values().forEach(tree -> tree.values().removeIf(hash -> hash == 0));
    leaves.values().removeIf(TreeMap::isEmpty);
  }

  @Override
  public boolean isComplete() { return complete; }

  @Override
  public long partition() {
    return counts.digest();
  }

  @Override
  public List<Integer> inUse() {
    return counts.inUse();
  }

  @Override
  public long hash(int replicas, int node, SlotSet among) {
    int first = TreeNodes.leafNode(TreeNodes.firstLeaf(node));
    long hash = 0;
    for (var leaf : leaves.getOrDefault(replicas, new TreeMap<>())
        .subMap(first, first + TreeNodes.leaves(node)).entrySet()) {
      hash ^= among.contains(TreeNodes.slot(leaf.getKey())) ? leaf.getValue() : 0;
    }
    return hash;
  }

  @Override
  public String toString() {
    return leaves.toString();
  }

  StoreAnswer digested(TreeStep.Digests digests, TreeMap<Key, StoredRecord> records) {
    var refusal = TreeStep.refusal(digests.scope(), this);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    var keys = new ArrayList<TreeAnswer.Digest>();
    var end = TreeNodes.to(digests.leaf());
    var start = new Key(Bytes.EMPTY, digests.from().slot(), digests.from().position());
    Key last = null;
    int looks = 0;
    for (var entry : records.tailMap(start, true).entrySet()) {
      var key = entry.getKey();
      var here = new ScanPoint(key.slot(), key.position());
      if (here.compareTo(end) >= 0) {
        break;
      }
      if (last != null && last.position() != key.position() && looks >= TreeStep.Digests.MAX_KEYS) {
        return new TreeAnswer.Digested(keys, here);
      }
      last = key;
      looks++;
      if (counts.of(key.bytes()) == digests.scope().replicas()) {
        keys.add(new TreeAnswer.Digest(key.bytes(), RecordHash.of(key, entry.getValue())));
      }
    }
    return new TreeAnswer.Digested(keys, ScanPoint.END);
  }
}
