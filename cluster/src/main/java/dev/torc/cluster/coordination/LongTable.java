package dev.torc.cluster.coordination;

import java.util.ArrayList;
import java.util.List;

/**
 * Values by a 64-bit id: open addressing with linear probing, no boxing, and an order that depends on the ids alone, so that a simulation under one
 * seed runs the same way twice.
 */
final class LongTable<V> {
  private long[] ids = new long[64];
  private Object[] values = new Object[64];
  private int size;

  int size() {
    return size;
  }

  V find(long id) {
    return cast(values[place(id)]);
  }

  void put(long id, V value) {
    if (size * 2 >= ids.length) {
      grow();
    }
    int at = place(id);
    size += values[at] == null ? 1 : 0;
    ids[at] = id;
    values[at] = value;
  }

  /** The value that was there; null if none. */
  V remove(long id) {
    int hole = place(id);
    V removed = cast(values[hole]);
    if (removed == null) {
      return null;
    }
    size--;
    int mask = ids.length - 1;
    for (int next = hole + 1 & mask; values[next] != null; next = next + 1 & mask) {
      int home = home(ids[next]);
      boolean mayMove = (next - home & mask) >= (next - hole & mask);
      if (mayMove) {
        ids[hole] = ids[next];
        values[hole] = values[next];
        hole = next;
      }
    }
    values[hole] = null;
    return removed;
  }

  /** A copy. */
  List<V> values() {
    var all = new ArrayList<V>(size);
    for (var value : values) {
      if (value != null) {
        all.add(cast(value));
      }
    }
    return all;
  }

  private int place(long id) {
    int mask = ids.length - 1;
    int at = home(id);
    while (values[at] != null && ids[at] != id) {
      at = at + 1 & mask;
    }
    return at;
  }

  private int home(long id) {
    return (int) (id * 0x9e3779b97f4a7c15L >>> 40) & ids.length - 1;
  }

  private void grow() {
    var oldIds = ids;
    var oldValues = values;
    ids = new long[oldIds.length * 2];
    values = new Object[ids.length];
    for (int i = 0; i < oldIds.length; i++) {
      if (oldValues[i] != null) {
        int at = place(oldIds[i]);
        ids[at] = oldIds[i];
        values[at] = oldValues[i];
      }
    }
  }

  @SuppressWarnings("unchecked")
  private V cast(Object value) {
    return (V) value;
  }
}
