package dev.torc.engine;

import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of each slot beside its records, for all shards together, and who hears when the records turn out to be others. */
final class SlotKnowledge implements SlotFindings {
  private static final Logger LOG = LoggerFactory.getLogger(SlotKnowledge.class);

  private final SlotCounts counts = new SlotCounts();
  private final HashForest forest = new HashForest();
  private final EngineHost host;
  private boolean isPartitioned;
  private volatile SlotFindings listener;

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

  void tell(SlotFindings findings) {
    listener = findings;
  }

  @Override
  public void onUnreadable(int slot, String reason) {
    LOG.error("slot {} cannot be read: {}", slot, reason);
    if (listener != null) {
      listener.onUnreadable(slot, reason);
    }
  }

  @Override
  public void onDifference(int slot) {
    LOG.error("slot {} is not on disk as it was written", slot);
    if (listener != null) {
      listener.onDifference(slot);
    }
  }
}
