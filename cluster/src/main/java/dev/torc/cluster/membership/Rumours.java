package dev.torc.cluster.membership;

import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The members whose entries changed of late, each with how often it has been passed on. The least told goes first, ties at random, and each is told
 * some 3 · log2(n) times, after which all but surely everybody knows (Das, Gupta, Motivala, "SWIM", 2002, section 4.1).
 */
final class Rumours {
  private static final int TELLINGS = 3;

  private final TreeMap<NodeId, Integer> told = new TreeMap<>();
  private final RandomGenerator random;

  Rumours(RandomGenerator random) {
    this.random = random;
  }

  void add(NodeId changed) {
    told.put(changed, 0);
  }

  /** All, in the order in which to tell them. */
  List<NodeId> leastToldFirst() {
    var order = new ArrayList<NodeId>(told.keySet());
    Collections.shuffle(order, random);
    order.sort(Comparator.comparing(told::get));
    return order;
  }

  /** @param members how many there are in all */
  void onTold(NodeId member, int members) {
    int limit = TELLINGS * (Integer.SIZE - Integer.numberOfLeadingZeros(members));
    told.computeIfPresent(member, (id, times) -> times + 1 >= limit ? null : times + 1);
  }
}
