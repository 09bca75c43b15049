package dev.torc.engine;

/**
 * What an operator sees of the engine. Sizes in bytes; counters since the start of the process; RocksDB's own figures over all tables, 0 while the
 * database is being opened again.
 *
 * @param queuedSteps waiting for the shards, all together
 * @param failedReads records that could not be read, be it the disk or damage
 * @param estimatedRecords tombstones included
 */
public record EngineFigures(DiskState disk, long usableDiskBytes, long diskBytes, int queuedSteps, long batches,
    long steps, long hotHits, long hotMisses, long expiredValues, long failedReads, long memtableBytes,
    long blockCacheBytes, long pendingCompactionBytes, long runningCompactions, long runningFlushes,
    long estimatedRecords) {

  static EngineFigures of(Database database, StoreMeters meters, int queuedSteps) {
    long usable = database.space().usableBytesOrNone();
    var tables = database.tryEnter();
    try {
      return new EngineFigures(database.state(), usable, database.usedBytes(), queuedSteps, meters.batches.sum(),
          meters.steps.sum(),
          meters.hotHits.sum(), meters.hotMisses.sum(), meters.expired.sum(), meters.failedReads.sum(),
          figure(tables, "cur-size-all-mem-tables"), shared(tables, "block-cache-usage"),
          figure(tables, "estimate-pending-compaction-bytes"), shared(tables, "num-running-compactions"),
          shared(tables, "num-running-flushes"), shared(tables, "estimate-num-keys"));
    } finally {
      if (tables != null) {
        database.leave();
      }
    }
  }

  private static long figure(Tables tables, String property) {
    return tables == null ? 0 : tables.figure(property);
  }

  private static long shared(Tables tables, String property) {
    return tables == null ? 0 : tables.sharedFigure(property);
  }
}
