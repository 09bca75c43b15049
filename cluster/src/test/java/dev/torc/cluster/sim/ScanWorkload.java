package dev.torc.cluster.sim;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Scans, and the keys that they must find: written now and then, never deleted. */
final class ScanWorkload {
  private static final int KEYS = 5;
  private static final int MOST_TRIES = 12;

  private final SimCluster cluster;
  private final List<Key> keys = new ArrayList<>();
  private final List<SlotRange> ranges = new ArrayList<>();
  /** Keys that are there, by the dot that was acknowledged first. */
  private final TreeMap<Key, Integer> there = new TreeMap<>();

  ScanWorkload(SimCluster cluster) {
    this.cluster = cluster;
    for (int i = 0; i < KEYS; i++) {
      keys.add(Key.of(Bytes.of("there" + i)));
    }
    keys.sort(null);
    for (var key : keys) {
      int from = Math.max(key.slot() - 20, ranges.isEmpty() ? 0 : ranges.getLast().to() + 1);
      ranges.add(new SlotRange(from, Math.min(key.slot() + 20, Slot.COUNT - 1)));
    }
  }

  List<Key> keys() {
    return keys;
  }

  List<SlotRange> ranges() {
    return ranges;
  }

  void refresh(int node, Runnable then) {
    long number = cluster.clients().nextWrite();
    var key = keys.get((int) cluster.kernel().between(0, KEYS - 1));
    var content = Content.of(WriteNumbers.value(number, 0));
    var write = Request.Write.blind(key, content, Level.QUORUM);
    cluster.clients().ask(node, write, number, false, outcome -> {
      if (outcome instanceof Outcome.Written written) {
        there.putIfAbsent(key, cluster.oracle().of(key).number(written.dot()));
      }
      then.run();
    });
  }

  void scan(int node, Runnable then) {
    page(node, new TreeSet<>(there.keySet()), ScanPoint.START, 0, then);
  }

  private void page(int node, TreeSet<Key> missing, ScanPoint from, int tries, Runnable then) {
    if (tries == MOST_TRIES || !cluster.node(node).isUp()) {
      then.run();
      return;
    }
    cluster.clients().ask(node, new Request.Scan(ranges, from, 2), -1, false, outcome -> {
      if (outcome instanceof Outcome.Listed listed) {
        listed.keys().forEach(key -> missing.remove(Key.of(key)));
        if (listed.next().isEnd()) {
          checkNothingIs(missing);
          then.run();
        } else {
          page(node, missing, listed.next(), tries + 1, then);
        }
      } else {
        page(node, missing, from, tries + 1, then);
      }
    });
  }

  private void checkNothingIs(TreeSet<Key> missing) {
    for (var key : missing) {
      boolean excused = cluster.clients().oracle().lost(key).get(there.get(key));
      cluster.violations().check(excused, Invariant.SCANS_FIND_ALL, "missed " + key.bytes());
    }
  }
}
