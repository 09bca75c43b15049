package dev.torc.cluster.sim;

import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * All that ever happened to a key, as nobody in the cluster knows it: each write, numbered, with the set of writes that it had seen. What a replica
 * should hold follows from what it has seen by the definition alone: the writes that none of the others had seen.
 */
final class KeyHistory {
  private final List<Dot> dots = new ArrayList<>();
  private final List<BitSet> pasts = new ArrayList<>();
  private final TreeMap<Dot, Integer> numbers = new TreeMap<>();
  private final TreeMap<Integer, VersionVector> strong = new TreeMap<>();
  /** Strong writes of which something that had seen them was met first; with all that had seen them by then. */
  private final TreeMap<Integer, BitSet> late = new TreeMap<>();
  private boolean latestOnly;
  private final BitSet[] seen;
  private final BitSet[] onDisk;
  private final BitSet[] wiped;
  /** What each node's record has ever claimed to have seen. */
  private final VersionVector[] claimed;
  private final Losses losses;
  /** What was deleted and then forgotten by rights. */
  private final BitSet reaped = new BitSet();

  KeyHistory(int nodes) {
    seen = sets(nodes);
    onDisk = sets(nodes);
    wiped = sets(nodes);
    claimed = new VersionVector[nodes];
    Arrays.fill(claimed, VersionVector.EMPTY);
    losses = new Losses(nodes);
  }

  static BitSet[] sets(int count) {
    var sets = new BitSet[count];
    for (int i = 0; i < count; i++) {
      sets[i] = new BitSet();
    }
    return sets;
  }

  /** What the node's record, in memory, is made of. */
  BitSet seen(int node) {
    return seen[node];
  }

  /** What would be left of that if the power went off now. */
  BitSet onDisk(int node) {
    return onDisk[node];
  }

  /** What was left of the key has been let go by rights: what is written from now on still comes after all that. */
  void onReaped(StoredRecord record) {
    reaped.or(covered(record.version()));
  }

  BitSet reaped() {
    return reaped;
  }

  Losses losses() {
    return losses;
  }

  /** What the node's record claims to have seen. */
  void onClaim(int node, VersionVector version) {
    claimed[node] = claimed[node].merge(version);
  }

  /** Whether the node's record has had all of that, and what it has not now was lost by rights. @param has of it now */
  boolean hadOrLost(int node, VersionVector version, BitSet has) {
    var hadOrLost = (BitSet) has.clone();
    hadOrLost.or(losses.of(node));
    return claimed[node].covers(version) && isWithin(covered(version), hadOrLost);
  }

  /** What the node had on a disk that is gone. */
  BitSet wiped(int node) {
    return wiped[node];
  }

  /** What the node has on disk, or had, whatever the power did since. */
  BitSet everOnDisk(int node) {
    var ever = (BitSet) onDisk[node].clone();
    ever.or(wiped[node]);
    return ever;
  }

  /** Whether a write of the set had seen this one. */
  boolean isSuperseded(int number, BitSet by) {
    return by.stream().anyMatch(later -> pasts.get(later).get(number));
  }

  /**
   * A strong write, met for the first time. Somebody who found it accepted may have written after it, and that may have been met before: then whoever has
   * seen that has seen this.
   */
  int addStrong(Dot dot, VersionVector version) {
    int number = add(dot, covered(version));
    var after = new BitSet();
    strong.forEach((other, seen) -> after.set(other, seen.covers(dot)));
    strong.put(number, version);
    if (!after.isEmpty()) {
      after.stream().forEach(other -> pasts.get(other).set(number));
      pasts.forEach(past -> addTo(past, number, after));
      for (int i = 0; i < pasts.size(); i++) {
        after.set(i, after.get(i) || i != number && pasts.get(i).get(number));
      }
      late.put(number, after);
      for (int node = 0; node < seen.length; node++) {
        complete(seen[node]);
        complete(onDisk[node]);
        complete(wiped[node]);
      }
      losses.complete(this::complete);
    }
    return number;
  }

  /** Adds what was met too late to be part of the set when that was made. */
  void complete(BitSet set) {
    late.forEach((number, after) -> addTo(set, number, after));
  }

  private static void addTo(BitSet set, int number, BitSet after) {
    if (set.intersects(after)) {
      set.set(number);
    }
  }

  /** Whether of all strong writes and this one, one has seen the other. */
  boolean isInChain(int number) {
    return strong.keySet().stream().allMatch(
        other -> other == number || reaped.get(other) || pasts.get(number).get(other) || pasts.get(other).get(number));
  }

  /** The write's number, -1 for a dot that nobody minted. */
  int number(Dot dot) {
    return numbers.getOrDefault(dot, -1);
  }

  Dot dot(int number) {
    return dots.get(number);
  }

  /** What the write had seen. */
  BitSet past(int number) {
    return pasts.get(number);
  }

  int add(Dot dot, BitSet past) {
    dots.add(dot);
    pasts.add(past);
    numbers.put(dot, dots.size() - 1);
    return dots.size() - 1;
  }

  BitSet covered(VersionVector version) {
    var covered = new BitSet();
    for (int i = 0; i < dots.size(); i++) {
      covered.set(i, version.covers(dots.get(i)));
    }
    return covered;
  }

  BitSet covered(Context context) {
    var covered = covered(context.version());
    context.dot().filter(numbers::containsKey).ifPresent(dot -> covered.set(number(dot)));
    return covered;
  }

  /** The writes of a set that none of the others in it had seen. */
  BitSet visible(BitSet set) {
    var visible = (BitSet) set.clone();
    for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
      visible.andNot(pasts.get(i));
    }
    return visible;
  }

  /** From now on only the latest of concurrent values is to be kept, by whoever has a reason to look. */
  void keepsLatestOnly() {
    latestOnly = true;
  }

  void check(String who, StoredRecord record, BitSet known, Violations violations) {
    var covered = covered(record.version());
    violations.check(isWithin(covered, known), Invariant.VERSIONS_CLAIM_WHAT_WAS_SEEN,
        who + " claims " + names(covered, known) + " in " + record);
    var remembered = without(known, reaped);
    violations.check(isWithin(remembered, covered), Invariant.NOTHING_SEEN_IS_FORGOTTEN,
        who + " has forgotten " + names(remembered, covered) + " in " + record);
    var held = new BitSet();
    for (var sibling : record.siblings()) {
      int number = number(sibling.dot());
      violations.check(number >= 0, Invariant.ANSWERS_BELONG, who + " holds a dot that nobody minted: " + sibling);
      held.set(Math.max(0, number), number >= 0);
    }
    var visible = visible(known);
    var mustHold = without(latestOnly ? latest(visible) : visible, reaped);
    violations.check(isWithin(mustHold, held), Invariant.NO_SIBLING_LOST,
        who + " misses " + names(mustHold, held) + " in " + record);
    var everSeen = (BitSet) known.clone();
    everSeen.or(reaped);
    var mayHold = visible(everSeen);
    violations.check(isWithin(held, visible) && isWithin(held, mayHold), Invariant.NOTHING_SUPERSEDED_RETURNS,
        who + " still holds " + names(held, mayHold) + " in " + record);
  }

  private BitSet latest(BitSet set) {
    var latest = new BitSet();
    set.stream().boxed().max(Comparator.comparing(dots::get)).ifPresent(latest::set);
    return latest;
  }

  static boolean isWithin(BitSet part, BitSet whole) {
    return without(part, whole).isEmpty();
  }

  static BitSet without(BitSet set, BitSet taken) {
    var rest = (BitSet) set.clone();
    rest.andNot(taken);
    return rest;
  }

  String names(BitSet set, BitSet without) {
    return without(set, without).stream().mapToObj(dots::get).toList().toString();
  }
}
