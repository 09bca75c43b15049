package dev.torc.engine;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer.Missed;
import dev.torc.cluster.storage.HintAnswer.Owed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;

/**
 * How many hints there are, by owner. Each shard keeps its own figures, on disk with the write that changes them, so they are right after any stop; shards of
 * which there are none any more keep theirs, and the sum is right all the same. Read by anybody.
 */
final class HintTally {
  /** Of one shard, for one owner. @param missedMillis wall time at which something that it missed was let go last; 0: nothing ever was */
  record Part(long hints, long bytes, long missedMillis) {
    static final Part NONE = new Part(0, 0, 0);

    Part plus(long moreHints, long moreBytes, long alsoMissedMillis) {
      return new Part(hints + moreHints, bytes + moreBytes, Math.max(missedMillis, alsoMissedMillis));
    }

    byte[] toBytes() {
      return ByteBuffer.allocate(3 * Long.BYTES).putLong(hints).putLong(bytes).putLong(missedMillis).array();
    }
  }

  private record Place(int shard, NodeId owner) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byShard = Integer.compare(shard, other.shard);
      return byShard != 0 ? byShard : owner.compareTo(other.owner);
    }
  }

  private final TreeMap<Place, Part> parts = new TreeMap<>();

  synchronized Part part(int shard, NodeId owner) {
    return parts.getOrDefault(new Place(shard, owner), Part.NONE);
  }

  synchronized void put(int shard, NodeId owner, Part part) {
    parts.put(new Place(shard, owner), part);
  }

  synchronized List<Owed> owners() {
    var owed = new ArrayList<Owed>();
    sums().forEach((owner, sum) -> {
      if (sum.hints() != 0) {
        owed.add(new Owed(owner, sum.hints(), sum.bytes()));
      }
    });
    return owed;
  }

  synchronized List<Missed> missed() {
    var missed = new ArrayList<Missed>();
    sums().forEach((owner, sum) -> {
      if (sum.missedMillis() != 0) {
        missed.add(new Missed(owner, sum.missedMillis()));
      }
    });
    return missed;
  }

  private TreeMap<NodeId, Part> sums() {
    var sums = new TreeMap<NodeId, Part>();
    parts.forEach((place, part) -> sums.merge(place.owner(), part,
        (a, b) -> a.plus(b.hints(), b.bytes(), b.missedMillis())));
    return sums;
  }

  /** What the disk has, in place of what was known. */
  synchronized void load(Tables tables) throws RocksDBException {
    parts.clear();
    try (var all = tables.iterate(Table.META)) {
      for (all.seek(MetaKey.HINTS); all.isValid() && Incarnation.startsWith(all.key(), MetaKey.HINTS); all.next()) {
        var place = ByteBuffer.wrap(all.key(), MetaKey.HINTS.length, Short.BYTES + Long.BYTES);
        var part = ByteBuffer.wrap(all.value());
        parts.put(new Place(place.getShort(), new NodeId(place.getLong())),
            new Part(part.getLong(), part.getLong(), part.getLong()));
      }
      all.status();
    }
  }

  static byte[] key(int shard, NodeId owner) {
    var prefix = MetaKey.numbered(MetaKey.HINTS, shard);
    return ByteBuffer.wrap(Arrays.copyOf(prefix, prefix.length + Long.BYTES)).putLong(prefix.length, owner.value())
        .array();
  }
}
