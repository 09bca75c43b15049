package dev.torc.cluster.membership;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What changed of late, each with how often it has been passed on. The least told goes first, ties at random, and each is told
 * some multiple of log2(n) times, after which all but surely everybody knows (Das, Gupta, Motivala, "SWIM", 2002, section 4.1).
 */
final class Rumours<T> {
  private final int tellings;
  private final TreeMap<T, Integer> told;
  private final RandomGenerator random;

  /** @param tellings how often each is told, times the logarithm of the members' number */
  Rumours(int tellings, Comparator<T> order, RandomGenerator random) {
    this.tellings = tellings;
    this.told = new TreeMap<>(order);
    this.random = random;
  }

  /** From the beginning, if it was told already. */
  void add(T rumour) {
    told.put(rumour, 0);
  }

  void drop(T rumour) {
    told.remove(rumour);
  }

  /** All, in the order in which to tell them. */
  List<T> leastToldFirst() {
    if (told.isEmpty()) {
      return List.of();
    }
    var order = new ArrayList<T>(told.keySet());
    Collections.shuffle(order, random);
    order.sort(Comparator.comparing(told::get));
    return order;
  }

  /**
   * It was told to so many, or heard from so many who knew it already.
   *
   * @param members how many there are in all
   */
  void onTold(T rumour, int times, int members) {
    int limit = tellings * (Integer.SIZE - Integer.numberOfLeadingZeros(members));
    told.computeIfPresent(rumour, (id, before) -> before + times >= limit ? null : before + times);
  }
}
