package dev.torc.cluster.recovery;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The other replicas of some slots, and when enough of them have told what they hold. A write that was acknowledged is on a majority of the replicas, so a
 * majority of the <em>others</em> has whatever this one may have lost. One that is catching up itself may have lost the same, so it is no part of such a majority; but when
 * all others have told, nothing is anywhere that is not known, and then nobody need wait for anybody: else a cluster that lost its power as a whole would never come back.
 *
 * <p>Soon after the loss a majority is not enough, however whole: a write may be acknowledged yet by what this replica said before it forgot, and by one that had not taken the write when
 * it told. Its coordinator's replica holds it from the first, so all others together have it.
 *
 * @param groups the other replicas, once for each number of replicas that keys of the slots may have
 * @param needsAll whether it is so soon after the loss
 */
record Sources(List<List<NodeId>> groups, boolean needsAll) {

  /** Of a slot, as the ring has it; without a group if this node does not hold the slot. */
  static Sources of(int slot, Ring ring, NodeId self, List<Integer> replicas, boolean needsAll) {
    var groups = new ArrayList<List<NodeId>>();
    for (int n : replicas) {
      var list = ring.preferenceList(slot, n);
      if (list.contains(self)) {
        groups.add(list.nodes().stream().filter(node -> !node.equals(self)).sorted().toList());
      }
    }
    return new Sources(groups.stream().distinct().toList(), needsAll);
  }

  /** Each once. */
  List<NodeId> all() {
    var all = new TreeSet<NodeId>();
    groups.forEach(all::addAll);
    return List.copyOf(all);
  }

  /** @param isPartly whether one is catching up itself, as far as it told */
  boolean areEnough(Predicate<NodeId> hasTold, Predicate<NodeId> isPartly) {
    for (var group : groups) {
      long told = group.stream().filter(hasTold).count();
      long whole = group.stream().filter(hasTold).filter(isPartly.negate()).count();
      if (told < group.size() && (needsAll || whole < group.size() / 2 + 1)) {
        return false;
      }
    }
    return true;
  }
}
