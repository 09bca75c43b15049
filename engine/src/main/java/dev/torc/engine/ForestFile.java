package dev.torc.engine;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.storage.TreeNodes;
import dev.torc.cluster.wire.ByteReader;
import dev.torc.cluster.wire.ByteWriter;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The trees as a clean stop leaves them in {@link Table#META}, in pieces of 256 slots: of each slot a bit for every leaf, and the hashes of those that have one. Read and
 * removed by the next start: after anything but a clean stop there are none.
 */
final class ForestFile {
  private static final int SLOTS = 256;
  private static final int PIECES = Slot.COUNT / SLOTS;

  private ForestFile() {}

  static void save(HashForest forest, Tables tables, WriteBatch batch) throws RocksDBException {
    for (int replicas = 0; replicas < HashForest.TREES; replicas++) {
      var tree = forest.find(replicas);
      for (int piece = 0; tree != null && piece < PIECES; piece++) {
        var out = new ByteWriter(SLOTS * Long.BYTES);
        if (write(tree, piece, out)) {
          tables.put(batch, Table.META, key(replicas, piece), out.toArray());
        }
      }
    }
    tables.put(batch, Table.META, MetaKey.TREES, Incarnation.number(forest.partition()));
  }

  /** False if there is nothing that may be believed. */
  static boolean load(HashForest forest, Tables tables) throws RocksDBException {
    if (tables.meta(MetaKey.TREES) == null || tables.metaNumber(MetaKey.TREES, 0) != forest.partition()) {
      return false;
    }
    for (int replicas = 0; replicas < HashForest.TREES; replicas++) {
      for (int piece = 0; piece < PIECES; piece++) {
        var found = tables.meta(key(replicas, piece));
        if (found != null) {
          read(forest.tree(replicas), piece, new ByteReader(found));
        }
      }
    }
    return true;
  }

  static void remove(Tables tables, WriteBatch batch) throws RocksDBException {
    if (tables.meta(MetaKey.TREES) == null) {
      return;
    }
    tables.delete(batch, Table.META, MetaKey.TREES);
    for (int replicas = 0; replicas < HashForest.TREES; replicas++) {
      for (int piece = 0; piece < PIECES; piece++) {
        tables.delete(batch, Table.META, key(replicas, piece));
      }
    }
  }

  private static byte[] key(int replicas, int piece) {
    return MetaKey.numbered(MetaKey.TREE, replicas * PIECES + piece);
  }

  /** Whether there is anything in it. */
  private static boolean write(HashTree tree, int piece, ByteWriter out) {
    boolean any = false;
    for (int slot = piece * SLOTS; slot < (piece + 1) * SLOTS; slot++) {
      int first = slot * TreeNodes.LEAVES;
      long present = 0;
      for (int i = 0; i < TreeNodes.LEAVES; i++) {
        present |= tree.leaf(first + i) == 0 ? 0 : 1L << i;
      }
      out.i64(present);
      for (long rest = present; rest != 0; rest &= rest - 1) {
        out.i64(tree.leaf(first + Long.numberOfTrailingZeros(rest)));
      }
      any |= present != 0;
    }
    return any;
  }

  private static void read(HashTree tree, int piece, ByteReader in) {
    for (int slot = piece * SLOTS; slot < (piece + 1) * SLOTS; slot++) {
      for (long rest = in.i64(); rest != 0; rest &= rest - 1) {
        tree.change(slot * TreeNodes.LEAVES + Long.numberOfTrailingZeros(rest), in.i64());
      }
    }
    in.end();
  }
}
