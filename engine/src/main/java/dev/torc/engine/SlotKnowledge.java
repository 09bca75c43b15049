package dev.torc.engine;

import java.util.Optional;
import org.rocksdb.RocksDBException;

/** What is known of each slot beside its records, for all shards together. */
final class SlotKnowledge {
  private final SlotCounts counts = new SlotCounts();
  private final HashForest forest = new HashForest();
  private final EngineHost host;
  private boolean isPartitioned;

  SlotKnowledge(EngineHost host) {
    this.host = host;
  }

  SlotCounts counts() {
    return counts;
  }

  HashForest forest() {
    return forest;
  }

  /** Before the shards begin with this opening. */
  void loadForest(Tables tables, boolean fresh, boolean clean) throws RocksDBException {
    if (!isPartitioned) {
      forest.partitionBy(host.replicaCounts().apply(name -> saved(tables, name)));
      isPartitioned = true;
    }
    forest.clear();
    if (fresh || clean && ForestFile.load(forest, tables)) {
      forest.onAllBuilt();
    }
  }

  private static Optional<byte[]> saved(Tables tables, String name) {
    try {
      return Optional.ofNullable(tables.meta(MetaKey.blob(name)));
    } catch (RocksDBException cause) {
      throw new EngineException("the disk cannot be read: " + Database.line(cause), cause);
    }
  }
}
