package dev.torc.cluster.antientropy;

import dev.torc.cluster.storage.RecordHash;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** A leaf's keys and their hashes, here and at the peer, as the pages come in. */
final class LeafLook {
  /** @param mine {@link RecordHash#NONE} if the key is not held */
  record Differing(Bytes key, long mine, long theirs) {}

  private final TreeMap<Bytes, Long> mine = new TreeMap<>();
  private final TreeMap<Bytes, Long> theirs = new TreeMap<>();
  private int openSides = 2;

  void add(boolean isMine, TreeAnswer.Digested page) {
    page.keys().forEach(digest -> (isMine ? mine : theirs).put(digest.key(), digest.hash()));
    openSides -= page.next().isEnd() ? 1 : 0;
  }

  boolean isComplete() { return openSides == 0; }

  List<Differing> differing() {
    var keys = new TreeSet<>(mine.keySet());
    keys.addAll(theirs.keySet());
    var differing = new ArrayList<Differing>();
    for (var key : keys) {
      long here = mine.getOrDefault(key, RecordHash.NONE);
      long there = theirs.getOrDefault(key, RecordHash.NONE);
      if (here != there) {
        differing.add(new Differing(key, here, there));
      }
    }
    return differing;
  }
}
