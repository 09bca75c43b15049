package dev.torc.cluster.ring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The sorted vnodes of some members, and the walks clockwise over them. Members are numbered in the order of their ids, which keeps a walk to
 * plain arrays: a ring of 1,000 nodes has 160,000 vnodes, and every slot is walked when it is built.
 */
final class Walk {
  private final List<RingMember> members;
  private final List<Vnode> vnodes = new ArrayList<>();
  private final int[] owners;
  private final int[] zones;
  private final int zoneCount;

  /** The members are distinct and sorted by id; of two that claim one position, the lower id holds it. */
  Walk(List<RingMember> members, PositionTable table) {
    this.members = members;
    var held = new TreeSet<Integer>();
    for (RingMember member : members) {
      for (int p = member.position(); p < member.position() + member.weight(); p++) {
        if (held.add(p)) {
          hold(table, p, member.id());
        }
      }
    }
    vnodes.sort(Comparator.comparing(Vnode::token));
    var numbers = new TreeMap<NodeId, Integer>();
    var zoneNumbers = new TreeMap<String, Integer>();
    zones = new int[members.size()];
    for (int m = 0; m < zones.length; m++) {
      RingMember member = members.get(m);
      numbers.put(member.id(), m);
      zones[m] = zoneNumbers.computeIfAbsent(member.dataCenter() + '\0' + member.zone(), zone -> zoneNumbers.size());
    }
    owners = vnodes.stream().mapToInt(vnode -> numbers.get(vnode.node())).toArray();
    zoneCount = (int) IntStream.of(owners).map(owner -> zones[owner]).distinct().count();
  }

  private void hold(PositionTable table, int position, NodeId node) {
    for (int i = 0; i < PositionTable.VNODES; i++) {
      vnodes.add(new Vnode(table.token(position, i), node));
    }
  }

  List<Vnode> vnodes() {
    return List.copyOf(vnodes);
  }

  /** The index of the first vnode at or behind each slot, and -1 when there is none at all. */
  int[] starts() {
    var starts = new int[Slot.COUNT];
    int at = 0;
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      Token token = Slot.token(slot);
      while (at < vnodes.size() && vnodes.get(at).token().compareTo(token) < 0) {
        at++;
      }
      starts[slot] = vnodes.isEmpty() ? -1 : at % vnodes.size();
    }
    return starts;
  }

  /** Up to {@code wanted} distinct nodes clockwise: first one of each zone until all zones (or as many as are wanted) have one, then the nearest. */
  List<NodeId> from(int start, int wanted) {
    var taken = new boolean[members.size()];
    var nodes = new ArrayList<NodeId>(Math.min(wanted, members.size()));
    var zoneTaken = new boolean[members.size()];
    int firstPass = Math.min(wanted, zoneCount);
    for (int i = 0; i < owners.length && nodes.size() < firstPass; i++) {
      int owner = owners[(start + i) % owners.length];
      if (!zoneTaken[zones[owner]]) {
        zoneTaken[zones[owner]] = true;
        taken[owner] = true;
        nodes.add(members.get(owner).id());
      }
    }
    for (int i = 0; i < owners.length && nodes.size() < Math.min(wanted, members.size()); i++) {
      int owner = owners[(start + i) % owners.length];
      if (!taken[owner]) {
        taken[owner] = true;
        nodes.add(members.get(owner).id());
      }
    }
    return nodes;
  }
}
