package dev.torc.cluster.ring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ring of one topology: which nodes hold which slot. Immutable, and a pure function of its members and N, so that nodes that agree on the
 * members agree on every preference list without another word (Dynamo, sections 4.2, 4.3 and 6.2).
 *
 * <p>A slot belongs to the first token at or behind it, clockwise; its preference list is the N distinct nodes met from there on, nodes of zones
 * not yet met going first until each zone has one. All lists are computed when the ring is built (neighbouring slots mostly share one), so that
 * a request costs an array access. Build a new ring when a member comes, goes or changes; hand it the old one's {@link #table()}.
 */
public final class Ring {
  private final List<RingMember> members;
  private final int replicas;
  private final long digest;
  private final PositionTable table;
  private final Walk walk;
  private final int[] starts;
  private final PreferenceList[] lists = new PreferenceList[Slot.COUNT];
  private final TreeMap<NodeId, Integer> slotsAsPrimary = new TreeMap<>();

  private Ring(List<RingMember> members, int replicas, PositionTable table) {
    this.members = members;
    this.replicas = replicas;
    this.digest = digest(members, replicas);
    this.table = table;
    this.walk = new Walk(members, table);
    this.starts = walk.starts();
    var shared = new LinkedHashMap<PreferenceList, PreferenceList>();
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      if (slot > 0 && starts[slot] == starts[slot - 1]) {
        lists[slot] = lists[slot - 1];
      } else {
        PreferenceList list = new PreferenceList(walk.from(starts[slot], replicas));
        lists[slot] = shared.computeIfAbsent(list, same -> same);
      }
      if (lists[slot].size() > 0) {
        slotsAsPrimary.merge(lists[slot].primary(), 1, Integer::sum);
      }
    }
  }

  /** The ring of no members: every preference list is empty. */
  public static Ring empty() {
    return of(List.of(), 1);
  }

  /** @param replicas N, from 1; a ring of fewer nodes holds every slot on all of them */
  public static Ring of(List<RingMember> members, int replicas) {
    return of(members, replicas, PositionTable.EMPTY);
  }

  /** As {@link #of(List, int)}; a table that is long enough already, such as that of the last ring, saves computing one. */
  public static Ring of(List<RingMember> members, int replicas, PositionTable table) {
    if (replicas < 1) {
      throw new IllegalArgumentException("N = " + replicas);
    }
    var ids = new TreeSet<NodeId>();
    int positions = 0;
    for (RingMember member : members) {
      if (!ids.add(member.id())) {
        throw new IllegalArgumentException("two members are " + member.id());
      }
      positions = Math.max(positions, member.position() + member.weight());
    }
    List<RingMember> sorted = members.stream().sorted(Comparator.comparing(RingMember::id)).toList();
    return new Ring(sorted, replicas, table.atLeast(positions));
  }

  /** By id. */
  public List<RingMember> members() {
    return members;
  }

  /** Where the member stands; empty for a node that is none. */
  public String dataCenter(NodeId node) {
    for (var member : members) {
      if (member.id().equals(node)) {
        return member.dataCenter();
      }
    }
    return "";
  }

  /** N as configured; a preference list is shorter where there are fewer nodes. */
  public int replicas() {
    return replicas;
  }

  public PositionTable table() {
    return table;
  }

  /** All tokens with their owners, clockwise from 0. */
  public List<Vnode> vnodes() {
    return walk.vnodes();
  }

  public PreferenceList preferenceList(int slot) {
    return lists[slot];
  }

  /** The same for a key of another N than the ring's; 0 is the ring's. */
  public PreferenceList preferenceList(int slot, int replicas) {
    if (replicas == 0 || replicas == this.replicas || isEmpty()) {
      return lists[slot];
    }
    return replicas < lists[slot].size()
        ? new PreferenceList(lists[slot].nodes().subList(0, replicas))
        : new PreferenceList(walk.from(starts[slot], replicas));
  }

  /** The first of the preference list; not to be asked of an empty ring. */
  public NodeId primary(int slot) {
    return lists[slot].primary();
  }

  /** The nodes behind the preference list, clockwise: who stands in for a replica that is down, nearest first. Walked anew at each call. */
  public List<NodeId> fallbacks(int slot) {
    return fallbacks(slot, 0);
  }

  /** The same for a key of another N than the ring's; 0 is the ring's. */
  public List<NodeId> fallbacks(int slot, int replicas) {
    var rest = new ArrayList<NodeId>(walk.from(starts[slot], members.size()));
    rest.removeAll(preferenceList(slot, replicas).nodes());
    return List.copyOf(rest);
  }

  /** The part of the slots of which the node is primary, 0 … 1. */
  public double share(NodeId node) {
    return slotsAsPrimary.getOrDefault(node, 0) / (double) Slot.COUNT;
  }

  /** The slots of which the node is primary, ascending, neighbours in one range. */
  public List<SlotRange> primaryRanges(NodeId node) {
    return primaryRanges().stream().filter(range -> primary(range.from()).equals(node)).toList();
  }

  /** All slots in the fewest ranges of one primary each, ascending. None on an empty ring. */
  public List<SlotRange> primaryRanges() {
    return ranges(true);
  }

  /** All slots in the fewest ranges of one preference list each, ascending. None on an empty ring. */
  public List<SlotRange> ranges() {
    return ranges(false);
  }

  private List<SlotRange> ranges(boolean byPrimary) {
    var ranges = new ArrayList<SlotRange>();
    for (int from = 0, slot = 1; !isEmpty() && slot <= Slot.COUNT; slot++) {
      if (slot == Slot.COUNT || (byPrimary ? !primary(slot).equals(primary(from)) : lists[slot] != lists[from])) {
        ranges.add(new SlotRange(from, slot - 1));
        from = slot;
      }
    }
    return List.copyOf(ranges);
  }

  public boolean isEmpty() { return lists[0].size() == 0; }

  /** 64 bits that are equal on nodes that agree on N and on every member, and all but surely differ on others. */
  public long digest() {
    return digest;
  }

  private static long digest(List<RingMember> members, int replicas) {
    long digest = PositionTable.mix(replicas);
    for (RingMember member : members) {
      digest = PositionTable.mix(digest ^ member.id().value());
      digest = PositionTable.mix(digest ^ ((long) member.position() << 32 | member.weight()));
      digest = text(text(digest, member.zone()), member.dataCenter());
    }
    return digest;
  }

  private static long text(long digest, String text) {
    long result = PositionTable.mix(digest ^ text.length());
    for (int i = 0; i < text.length(); i++) {
      result = PositionTable.mix(result ^ text.charAt(i));
    }
    return result;
  }

  @Override
  public String toString() {
    return "ring of " + members.size() + " nodes, N=" + replicas + ", digest " + String.format("%016x", digest());
  }
}
