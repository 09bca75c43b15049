package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.function.Function;

/** Finds things by their names in either case, straight over the bytes of a word: no string is made. Open addressing, a quarter full at most. */
final class NameTable<T> {
  private final List<T> items;
  private final byte[][] names;
  private final int[] places;

  NameTable(List<T> items, Function<T, String> name) {
    this.items = List.copyOf(items);
    int size = Integer.highestOneBit(Math.max(4, items.size() * 8));
    names = new byte[size][];
    places = new int[size];
    for (int i = 0; i < items.size(); i++) {
      add(Bytes.of(name.apply(items.get(i))), i);
    }
  }

  private void add(Bytes name, int item) {
    if (find(name) != null) {
      throw new IllegalArgumentException(name + " is there twice");
    }
    int place = place(name);
    while (names[place] != null) {
      place = place + 1 & names.length - 1;
    }
    var folded = new byte[name.size()];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = fold(name.at(i));
    }
    names[place] = folded;
    places[place] = item;
  }

  /** Null when there is none. */
  T find(Bytes word) {
    for (int place = place(word); names[place] != null; place = place + 1 & names.length - 1) {
      if (isSame(names[place], word)) {
        return items.get(places[place]);
      }
    }
    return null;
  }

  private int place(Bytes word) {
    int size = Math.min(word.size(), 32);
    int hash = word.size();
    for (int i = 0; i < size; i++) {
      hash = hash * 31 + fold(word.at(i));
    }
    hash *= 0x9E3779B9;
    return (hash ^ hash >>> 15) & names.length - 1;
  }

  private static boolean isSame(byte[] folded, Bytes word) {
    if (folded.length != word.size()) {
      return false;
    }
    for (int i = 0; i < folded.length; i++) {
      if (folded[i] != fold(word.at(i))) {
        return false;
      }
    }
    return true;
  }

  private static byte fold(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }
}
