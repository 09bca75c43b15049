package dev.torc.cluster.sim;

import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.VersionVector;
import dev.torc.cluster.version.StoredRecord;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Watches each step at each store and keeps true histories beside the records: what each write had seen, what each replica has seen. After every step
 * the record must be exactly what its history says.
 */
final class CausalOracle {
  private final int nodes;
  private final SimKernel kernel;
  private final Violations violations;
  private final TreeMap<Key, KeyHistory> histories = new TreeMap<>();
  private final TreeMap<Long, Dot> applied = new TreeMap<>();
  private final TreeMap<Dot, VersionVector> proposed = new TreeMap<>();

  CausalOracle(int nodes, SimKernel kernel, Violations violations) {
    this.nodes = nodes;
    this.kernel = kernel;
    this.violations = violations;
  }

  KeyHistory of(Key key) {
    return histories.computeIfAbsent(key, unknown -> new KeyHistory(nodes));
  }

  boolean isApplied(long write) {
    return applied.containsKey(write);
  }

  /** Under which dot the write was done; null: it was not. */
  Dot dotOf(long write) {
    return applied.get(write);
  }

  /** A value is proposed: if it is a new one, it is a record of one sibling, which has seen all that the record covers. */
  void onAccept(AcceptorStep.Accept accept) {
    var siblings = accept.value().siblings();
    if (siblings.size() == 1 && of(accept.key()).number(siblings.getFirst().dot()) < 0) {
      proposed.putIfAbsent(siblings.getFirst().dot(), accept.value().version());
    }
  }

  void onStep(int node, StoreStep.OnKey step, StoreAnswer answer, StoredRecord now) {
    var history = of(step.key());
    switch (step) {
      case StoreStep.Put put -> {
        if (answer instanceof StoreAnswer.Stored stored) {
          onPut(node, put, stored.dot(), history);
        }
      }
      case StoreStep.Merge merge -> {
        if (answer instanceof StoreAnswer.Merged) {
          merge.incoming().siblings().forEach(sibling -> onStrongWrite(sibling, history));
          history.seen(node).or(history.covered(merge.incoming().version()));
        }
      }
      case StoreStep.Fetch fetch -> {
      }
      case StoreStep.Confirm confirm -> {
      }
    }
    history.onClaim(node, now.version());
    history.check("node " + node + " at " + step.key().bytes(), now, history.seen(node), violations);
  }

  private void onPut(int node, StoreStep.Put put, Dot dot, KeyHistory history) {
    var seen = history.seen(node);
    var past = put.causality().context().map(history::covered).orElseGet(() -> (BitSet) seen.clone());
    if (put.causality().latestOnly()) {
      past.or(seen);
    }
    past.or(history.covered(put.causality().seen()));
    seen.or(past);
    boolean follows = history.number(dot) < 0;
    for (int i = seen.nextSetBit(0); i >= 0; i = seen.nextSetBit(i + 1)) {
      follows &= history.dot(i).hlc() < dot.hlc();
    }
    violations.check(follows, Invariant.DOTS_FOLLOW_THEIR_PAST, dot + " at node " + node);
    seen.set(history.add(dot, past));
    onApplied(WriteNumbers.of(put.content()), dot);
  }

  /**
   * A replica has forgotten a key for good. Before that all of them held the same, nothing but deletions; else nothing is forgotten by rights.
   *
   * @param accepted what it remembered of strong operations
   * @param held by the replicas now
   */
  void onReaped(Key key, StoredRecord before, StoredRecord accepted, List<StoredRecord> held, long wallMillis) {
    boolean same = held.stream().allMatch(record -> record.isEmpty() || record.equals(before));
    boolean deleted = Stream.of(before, accepted).flatMap(record -> record.siblings().stream())
        .noneMatch(sibling -> sibling.content().isLive(wallMillis));
    violations.check(same && deleted, Invariant.REAPED_IS_DELETED_EVERYWHERE,
        key.bytes() + " was " + before + " and " + accepted + ", others " + held);
    if (same && deleted) {
      of(key).onReaped(before);
    }
  }

  /** What is held for somebody has changed. Who stamps there is none of the replicas, and supersedes what is held for any of them. */
  void onHint(HintStep.OnKey step, StoreAnswer answer, StoredRecord before, StoredRecord after) {
    var history = of(step.key());
    if (step instanceof HintStep.Keep keep) {
      keep.incoming().siblings().forEach(sibling -> onStrongWrite(sibling, history));
    }
    if (step instanceof HintStep.PutKept kept && answer instanceof StoreAnswer.Stored stored) {
      var put = kept.put();
      var all = history.covered(stored.record().version());
      var past = put.causality().context().map(history::covered).orElse(all);
      past.or(put.causality().latestOnly() ? all : history.covered(put.causality().seen()));
      violations.check(history.number(stored.dot()) < 0, Invariant.DOTS_FOLLOW_THEIR_PAST, stored.dot().toString());
      history.add(stored.dot(), past);
      onApplied(WriteNumbers.of(put.content()), stored.dot());
    }
    var seen = history.covered(after.version());
    if (!after.isEmpty()) {
      history.check("a hint of " + step.key().bytes(), after, seen, violations);
    }
  }

  /** Of what a node held for others something is gone with the power. */
  void onHintRolledBack(int node, Key key, StoredRecord held, boolean byRights) {
    if (byRights) {
      of(key).losses().lostHint(node, of(key).covered(held.version()));
    }
  }

  /**
   * A hint was let go. Then its owner has it on disk, or if it was handed over one of the replicas has; what is given up is lost by rights.
   *
   * @param node that held it
   * @param replicas of the key
   */
  void onHintDropped(int node, int owner, List<Integer> replicas, HintStep.Drop drop, StoredRecord held) {
    var history = of(drop.key());
    var covered = history.covered(held.version());
    switch (drop.why()) {
      case DELIVERED -> checkHas(List.of(owner), covered, history, held);
      case HANDED_OVER -> checkHas(replicas, covered, history, held);
      case GIVEN_UP -> history.losses().lostHint(node, covered);
    }
  }

  private void checkHas(List<Integer> nodes, BitSet covered, KeyHistory history, StoredRecord held) {
    boolean has = nodes.stream().anyMatch(node -> KeyHistory.isWithin(covered, history.everOnDisk(node)));
    violations.check(has, Invariant.HINTS_REACH_THEIR_OWNER, held + " was let go, and is on no disk of " + nodes);
  }

  /** A dot that no store minted is a proposer's, and this is the first that is seen of it: what was chosen. */
  private void onStrongWrite(Sibling sibling, KeyHistory history) {
    var version = proposed.get(sibling.dot());
    if (history.number(sibling.dot()) >= 0 || version == null) {
      return;
    }
    var past = history.covered(version);
    past.stream().forEach(i -> violations.check(history.dot(i).hlc() < sibling.dot().hlc(),
        Invariant.DOTS_FOLLOW_THEIR_PAST, sibling.dot() + " after " + history.dot(i)));
    int number = history.addStrong(sibling.dot(), version);
    violations.check(history.isInChain(number), Invariant.STRONG_WRITES_ARE_A_CHAIN, sibling.dot().toString());
    onApplied(WriteNumbers.of(sibling.content()), sibling.dot());
  }

  private void onApplied(long write, Dot dot) {
    violations.check(write < 0 || !applied.containsKey(write), Invariant.APPLIED_ONCE,
        "write " + write + " as " + applied.get(write) + " and as " + dot);
    applied.put(write, dot);
  }

  /** Everything that the node held of the key is as safe as its disk now. */
  void onSynced(int node, Key key, BitSet seen) {
    var disk = of(key).onDisk(node);
    disk.clear();
    disk.or(seen);
    of(key).complete(disk);
    of(key).losses().onDisk(node, disk, kernel.now());
  }

  BitSet seen(int node, Key key) {
    return (BitSet) of(key).seen(node).clone();
  }

  /** What a node's records are made of at some time, key by key. */
  record Copy(TreeMap<Key, BitSet> seen) {
    static final Copy EMPTY = new Copy(new TreeMap<>());
  }

  Copy copy(int node) {
    var seen = new TreeMap<Key, BitSet>();
    histories.forEach((key, history) -> seen.put(key, (BitSet) history.onDisk(node).clone()));
    return new Copy(seen);
  }

  /** The node has another disk, which holds that much; what it held besides is lost by rights. */
  void onDiskLost(int node, Copy copy) {
    histories.forEach((key, history) -> {
      var held = (BitSet) copy.seen.getOrDefault(key, new BitSet()).clone();
      history.complete(held);
      history.losses().lost(node, KeyHistory.without(history.seen(node), held));
      history.wiped(node).or(KeyHistory.without(history.onDisk(node), held));
      history.seen(node).clear();
      history.seen(node).or(held);
      history.onDisk(node).clear();
      history.onDisk(node).or(held);
    });
  }

  /** In which anything was ever written. */
  TreeSet<Integer> slots() {
    var slots = new TreeSet<Integer>();
    histories.keySet().forEach(key -> slots.add(key.slot()));
    return slots;
  }

  /** The node's record of the key went back to what is on its disk. */
  void onRolledBack(int node, Key key, boolean byRights) {
    var history = of(key);
    if (byRights) {
      history.losses().lost(node, KeyHistory.without(history.seen(node), history.onDisk(node)));
    }
    history.seen(node).clear();
    history.seen(node).or(history.onDisk(node));
  }
}
