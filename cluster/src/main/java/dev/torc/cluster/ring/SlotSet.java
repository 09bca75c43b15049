package dev.torc.cluster.ring;

import java.util.Arrays;

/** Some of the slots; immutable. */
public final class SlotSet {
  public static final SlotSet NONE = new SlotSet(new long[Slot.COUNT / Long.SIZE]);
  public static final SlotSet ALL = all();

  private final long[] words;

  private SlotSet(long[] words) {
    this.words = words;
  }

  /**
   * Those of which both are replicas.
   *
   * @param replicas N of the keys that are meant; 0 is the ring's
   */
  public static SlotSet shared(Ring ring, NodeId one, NodeId other, int replicas) {
    var words = new long[Slot.COUNT / Long.SIZE];
    for (int slot = 0; slot < Slot.COUNT && !ring.isEmpty(); slot++) {
      var list = ring.preferenceList(slot, replicas);
      if (list.contains(one) && list.contains(other)) {
        words[slot >> 6] |= 1L << slot;
      }
    }
    return new SlotSet(words);
  }

  public static SlotSet of(int... slots) {
    var words = new long[Slot.COUNT / Long.SIZE];
    for (int slot : slots) {
      words[slot >> 6] |= 1L << slot;
    }
    return new SlotSet(words);
  }

  private static SlotSet all() {
    var words = new long[Slot.COUNT / Long.SIZE];
    Arrays.fill(words, -1L);
    return new SlotSet(words);
  }

  public boolean contains(int slot) {
    return (words[slot >> 6] >>> slot & 1) != 0;
  }

  public int size() {
    int size = 0;
    for (long word : words) {
      size += Long.bitCount(word);
    }
    return size;
  }

  public boolean isEmpty() { return size() == 0; }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotSet that && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return size() + " slots";
  }
}
