package dev.torc.cluster.recovery;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.storage.SlotStates;

/** Since when each slot lacks promises, by this process's own looks: from then on its ballots have to wait ({@link Ballots#waitMillis}). A loss may come while it runs, too. */
final class PromiseLosses {
  private static final long NONE = 0;

  private final SlotStates slots;
  /** In which of the store's eras the slot came to lack them. */
  private final long[] eras = new long[Slot.COUNT];
  private final long[] seenMillis = new long[Slot.COUNT];

  PromiseLosses(SlotStates slots) {
    this.slots = slots;
  }

  /** Looks at every slot. */
  void look(long nowMillis) {
    for (int slot = 0; slot < Slot.COUNT && slots.isCatchingUp(); slot++) {
      sinceMillis(slot, nowMillis);
    }
  }

  /** When it was first seen to lack those that it lacks now. */
  long sinceMillis(int slot, long nowMillis) {
    var wholeness = slots.wholeness(slot);
    long era = wholeness.lacksPromises() ? wholeness.since() : NONE;
    if (eras[slot] != era) {
      eras[slot] = era;
      seenMillis[slot] = nowMillis;
    }
    return seenMillis[slot];
  }
}
