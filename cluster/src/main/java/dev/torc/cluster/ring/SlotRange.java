package dev.torc.cluster.ring;

/** Neighbouring slots, {@code from} and {@code to} among them, as CLUSTER SLOTS and CLUSTER SHARDS name them. */
public record SlotRange(int from, int to) {

  public SlotRange {
    if (from < 0 || to < from || to >= Slot.COUNT) {
      throw new IllegalArgumentException("slots " + from + " … " + to);
    }
  }

  public int size() {
    return to - from + 1;
  }

  public boolean covers(int slot) {
    return from <= slot && slot <= to;
  }
}
