package dev.torc.cluster.sim;

import java.util.BitSet;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What nodes once held of a key and lost by rights: with the power, or with the disk. What a node has on disk again it lacks no more; but what as many lacked at one time as
 * surely held it may be gone for good, whoever finds it again.
 */
final class Losses {
  private final BitSet[] lacking;
  private final BitSet[] hints;
  /** Index n has what n nodes lacked at one time. */
  private final BitSet[] together;
  /** When each write was last found again by somebody who had lost it. */
  private final TreeMap<Integer, Long> foundAt = new TreeMap<>();

  Losses(int nodes) {
    lacking = KeyHistory.sets(nodes);
    hints = KeyHistory.sets(nodes);
    together = KeyHistory.sets(nodes + 1);
  }

  /** What the node lost and has not on its disk again. */
  BitSet of(int node) {
    return lacking[node];
  }

  /** What the node lost of what it kept for others. */
  BitSet hintsOf(int node) {
    return hints[node];
  }

  void lost(int node, BitSet writes) {
    lacking[node].or(writes);
    count();
  }

  void lostHint(int node, BitSet writes) {
    hints[node].or(writes);
  }

  void onDisk(int node, BitSet writes, long now) {
    if (lacking[node].intersects(writes)) {
      var found = (BitSet) lacking[node].clone();
      found.and(writes);
      found.stream().forEach(number -> foundAt.put(number, now));
      lacking[node].andNot(writes);
    }
  }

  /** Writes that were met late are completed everywhere. */
  void complete(Consumer<BitSet> completing) {
    for (int node = 0; node < lacking.length; node++) {
      completing.accept(lacking[node]);
      completing.accept(hints[node]);
    }
    count();
  }

  /** What so many nodes lacked at one time. */
  BitSet together(int nodes) {
    return together[nodes];
  }

  /** What any node lost, be it of its own or of what it kept for others. */
  BitSet any() {
    var any = (BitSet) together[1].clone();
    for (var some : hints) {
      any.or(some);
    }
    return any;
  }

  /** What any node has lacked at any time since then. */
  BitSet since(long millis) {
    var since = new BitSet();
    for (var some : lacking) {
      since.or(some);
    }
    foundAt.forEach((number, at) -> since.set(number, since.get(number) || at >= millis));
    return since;
  }

  /** How many have lost the write, or a hint of it. */
  int count(int number) {
    int count = 0;
    for (int node = 0; node < lacking.length; node++) {
      count += lacking[node].get(number) || hints[node].get(number) ? 1 : 0;
    }
    return count;
  }

  private void count() {
    var atLeast = KeyHistory.sets(together.length);
    for (var some : lacking) {
      for (int n = together.length - 1; n > 1; n--) {
        var more = (BitSet) atLeast[n - 1].clone();
        more.and(some);
        atLeast[n].or(more);
      }
      atLeast[1].or(some);
    }
    for (int n = 1; n < together.length; n++) {
      together[n].or(atLeast[n]);
    }
  }
}
