package dev.torc.engine;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a node keeps its data.
 *
 * @param directory the node's data directory, made when it is missing
 * @param shards 1, 2, 4, 8 or 16 writers; slot {@code s} belongs to shard {@code s mod shards}
 * @param blockCacheBytes RocksDB's cache of blocks read from disk, index and filters included
 * @param memtableBytes writes that are collected in memory before they become a file
 * @param hotRecordsBytes decoded records kept in front of RocksDB, all shards together
 * @param maxQueuedSteps steps that may wait for one shard; more are refused
 * @param maxQueuedBytes of values that may wait for one shard; more are refused
 * @param maxClockSkewMillis how far another machine's clock may be ahead and still be believed
 * @param lowSpaceBytes with less left on the disk writes are refused
 * @param rebuildEveryMillis how often all records are read again, to see whether the disk still says what was written
 * @param maxAbsenceMillis after a longer absence this replica has to catch up with the others
 */
public record EngineConfig(Path directory, int shards, long blockCacheBytes, long memtableBytes, long hotRecordsBytes,
    WriteSync writeSync, int maxQueuedSteps, long maxQueuedBytes, long maxClockSkewMillis, long lowSpaceBytes,
    long rebuildEveryMillis, long maxAbsenceMillis) {
  private static final long MEGABYTE = 1 << 20;
  private static final long THREE_HOURS_MILLIS = 3 * 3_600_000L;
  private static final long DAY_MILLIS = 24L * 3600 * 1000;
  static final int MAX_SHARDS = 16;

  public EngineConfig {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(writeSync);
    require(shards >= 1 && shards <= MAX_SHARDS && Integer.bitCount(shards) == 1, "shards", shards,
        "1, 2, 4, 8 or 16");
    require(blockCacheBytes >= MEGABYTE, "block cache", blockCacheBytes, "at least 1 MB");
    require(memtableBytes >= MEGABYTE, "memtable", memtableBytes, "at least 1 MB");
    require(hotRecordsBytes >= 0, "hot records", hotRecordsBytes, "at least 0");
    require(maxQueuedSteps >= 1, "queued steps", maxQueuedSteps, "at least 1");
    require(maxQueuedBytes >= 1, "queued bytes", maxQueuedBytes, "at least 1");
    require(maxClockSkewMillis >= 1, "clock skew", maxClockSkewMillis, "at least 1 ms");
    require(lowSpaceBytes >= 0, "low space", lowSpaceBytes, "at least 0");
    require(rebuildEveryMillis >= 1, "rebuild every", rebuildEveryMillis, "at least 1 ms");
    require(maxAbsenceMillis >= 1, "absence", maxAbsenceMillis, "at least 1 ms");
  }

  /** With all records read again once a day. */
  public EngineConfig(Path directory, int shards, long blockCacheBytes, long memtableBytes, long hotRecordsBytes,
      WriteSync writeSync, int maxQueuedSteps, long maxQueuedBytes, long maxClockSkewMillis, long lowSpaceBytes) {
    this(directory, shards, blockCacheBytes, memtableBytes, hotRecordsBytes, writeSync, maxQueuedSteps, maxQueuedBytes,
        maxClockSkewMillis, lowSpaceBytes, DAY_MILLIS, THREE_HOURS_MILLIS);
  }

  /** For this machine: a shard for every four cores, an eighth of {@code memoryBytes} for each cache, a sixteenth for the memtable. */
  public static EngineConfig of(Path directory, long memoryBytes) {
    int shards = Integer.highestOneBit(Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 1, MAX_SHARDS));
    long cache = Math.max(8 * MEGABYTE, memoryBytes / 8);
    long memtable = Math.clamp(memoryBytes / 16, 4 * MEGABYTE, 256 * MEGABYTE);
    return new EngineConfig(directory, shards, cache, memtable, cache, WriteSync.EVERYSEC, 65_536, 64 * MEGABYTE, 5_000,
        256 * MEGABYTE);
  }

  public EngineConfig withShards(int count) {
    return new EngineConfig(directory, count, blockCacheBytes, memtableBytes, hotRecordsBytes, writeSync,
        maxQueuedSteps, maxQueuedBytes, maxClockSkewMillis, lowSpaceBytes, rebuildEveryMillis, maxAbsenceMillis);
  }

  public EngineConfig withWriteSync(WriteSync sync) {
    return new EngineConfig(directory, shards, blockCacheBytes, memtableBytes, hotRecordsBytes, sync, maxQueuedSteps,
        maxQueuedBytes, maxClockSkewMillis, lowSpaceBytes, rebuildEveryMillis, maxAbsenceMillis);
  }

  public EngineConfig withLowSpaceBytes(long bytes) {
    return new EngineConfig(directory, shards, blockCacheBytes, memtableBytes, hotRecordsBytes, writeSync,
        maxQueuedSteps, maxQueuedBytes, maxClockSkewMillis, bytes, rebuildEveryMillis, maxAbsenceMillis);
  }

  public EngineConfig withMaxQueuedSteps(int steps) {
    return new EngineConfig(directory, shards, blockCacheBytes, memtableBytes, hotRecordsBytes, writeSync, steps,
        maxQueuedBytes, maxClockSkewMillis, lowSpaceBytes, rebuildEveryMillis, maxAbsenceMillis);
  }

  public EngineConfig withMaxQueuedBytes(long bytes) {
    return new EngineConfig(directory, shards, blockCacheBytes, memtableBytes, hotRecordsBytes, writeSync,
        maxQueuedSteps, bytes, maxClockSkewMillis, lowSpaceBytes, rebuildEveryMillis, maxAbsenceMillis);
  }

  public EngineConfig withRebuildEveryMillis(long millis) {
    return new EngineConfig(directory, shards, blockCacheBytes, memtableBytes, hotRecordsBytes, writeSync,
        maxQueuedSteps, maxQueuedBytes, maxClockSkewMillis, lowSpaceBytes, millis, maxAbsenceMillis);
  }

  public EngineConfig withMaxAbsenceMillis(long millis) {
    return new EngineConfig(directory, shards, blockCacheBytes, memtableBytes, hotRecordsBytes, writeSync,
        maxQueuedSteps, maxQueuedBytes, maxClockSkewMillis, lowSpaceBytes, rebuildEveryMillis, millis);
  }

  private static void require(boolean holds, String what, long value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(what + ": " + value + "; allowed: " + allowed);
    }
  }
}
