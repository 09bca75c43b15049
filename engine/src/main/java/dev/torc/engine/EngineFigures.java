package dev.torc.engine;

/**
 * What an operator sees of the engine. Sizes in bytes; counters since the start of the process; RocksDB's own figures over all tables, 0 while the
 * database is being opened again.
 *
 * @param queuedSteps waiting for the shards, all together
 * @param failedReads records that could not be read, be it the disk or damage
 * @param estimatedRecords tombstones included
 * @param damageFound reads that met a block or a value that is not what was written
 * @param slotsToSalvage of which a damaged database is still to be asked
 * @param salvagedRecords that were taken over from it so far; 0 when nothing more is
 */
public record EngineFigures(DiskState disk, long usableDiskBytes, long diskBytes, int queuedSteps, long batches,
    long steps, long hotHits, long hotMisses, long expiredValues, long failedReads, long memtableBytes,
    long blockCacheBytes, long pendingCompactionBytes, long runningCompactions, long runningFlushes,
    long estimatedRecords, long damageFound, int slotsToSalvage, long salvagedRecords) {

  static EngineFigures of(Database database, StoreMeters meters, int queuedSteps) {
    long usable = database.space().usableBytesOrNone();
    var salvage = database.salvage();
    var tables = database.tryEnter();
    try {
      return new EngineFigures(database.state(), usable, database.usedBytes(), queuedSteps, meters.batches.sum(),
          meters.steps.sum(),
          meters.hotHits.sum(), meters.hotMisses.sum(), meters.expired.sum(), meters.failedReads.sum(),
          figure(tables, "cur-size-all-mem-tables"), shared(tables, "block-cache-usage"),
          figure(tables, "estimate-pending-compaction-bytes"), shared(tables, "num-running-compactions"),
          shared(tables, "num-running-flushes"), shared(tables, "estimate-num-keys"), database.damage().count(),
          database.book().awaiting(), salvage == null ? 0 : salvage.records());
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
