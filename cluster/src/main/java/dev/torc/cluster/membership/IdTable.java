package dev.torc.cluster.membership;

import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Values by node id, in its order. Every digest that comes is looked up, some dozens a second in a table of a thousand, so the ids lie beside each other in
 * one array; members come and go so seldom that to move the rest of it is nothing.
 */
final class IdTable<V> {
  private long[] ids = new long[8];
  private final List<V> values = new ArrayList<>();

  /** Null for an id that is not there. */
  V get(NodeId id) {
    int place = place(id.value());
    return place < 0 ? null : values.get(place);
  }

  /** What was there before, or null. */
  V put(NodeId id, V value) {
    int place = place(id.value());
    if (place >= 0) {
      return values.set(place, value);
    }
    int at = -place - 1;
    if (values.size() == ids.length) {
      ids = Arrays.copyOf(ids, 2 * ids.length);
    }
    System.arraycopy(ids, at, ids, at + 1, values.size() - at);
    ids[at] = id.value();
    values.add(at, value);
    return null;
  }

  void remove(NodeId id) {
    int place = place(id.value());
    if (place >= 0) {
      System.arraycopy(ids, place + 1, ids, place, values.size() - place - 1);
      values.remove(place);
    }
  }

  /** By id; a view. */
  List<V> values() {
    return Collections.unmodifiableList(values);
  }

  int size() {
    return values.size();
  }

  /** As {@link Arrays#binarySearch}, of unsigned numbers. */
  private int place(long id) {
    int low = 0;
    int high = values.size() - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int order = Long.compareUnsigned(ids[middle], id);
      if (order == 0) {
        return middle;
      }
      low = order < 0 ? middle + 1 : low;
      high = order > 0 ? middle - 1 : high;
    }
    return -low - 1;
  }
}
