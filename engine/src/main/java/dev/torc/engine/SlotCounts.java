package dev.torc.engine;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.wire.ByteReader;
import dev.torc.cluster.wire.ByteWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many keys with a value each slot holds. A slot is written by its shard only and read by all; a slot not counted yet says so. */
final class SlotCounts {
  static final long UNCOUNTED = -1;

  private final AtomicLongArray counts = new AtomicLongArray(Slot.COUNT);

  static SlotCounts zero() {
    return new SlotCounts();
  }

  /** @throws dev.torc.cluster.wire.MalformedException if these are not {@link #bytes} */
  static SlotCounts parse(byte[] bytes) {
    var in = new ByteReader(bytes);
    var parsed = new SlotCounts();
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      parsed.counts.setPlain(slot, in.varint());
    }
    in.end();
    return parsed;
  }

  byte[] bytes() {
    var out = new ByteWriter(2 * Slot.COUNT);
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      out.varint(counts.get(slot));
    }
    return out.toArray();
  }

  /** Takes over all figures of the other, or none if there is no other. */
  void replaceBy(SlotCounts other) {
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      counts.set(slot, other == null ? UNCOUNTED : other.counts.get(slot));
    }
  }

  boolean isCounted(int slot) {
    return counts.getOpaque(slot) != UNCOUNTED;
  }

  boolean isComplete() {
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      if (!isCounted(slot)) {
        return false;
      }
    }
    return true;
  }

  long of(int slot) {
    return counts.getPlain(slot);
  }

  void set(int slot, long keys) {
    counts.setOpaque(slot, keys);
  }

  void add(int slot, long keys) {
    counts.setOpaque(slot, counts.getPlain(slot) + keys);
  }

  /** {@link #UNCOUNTED} if one of the slots is. */
  long sum(List<SlotRange> ranges) {
    long sum = 0;
    for (var range : ranges) {
      for (int slot = range.from(); slot <= range.to(); slot++) {
        long count = counts.getOpaque(slot);
        if (count == UNCOUNTED) {
          return UNCOUNTED;
        }
        sum += count;
      }
    }
    return sum;
  }
}
