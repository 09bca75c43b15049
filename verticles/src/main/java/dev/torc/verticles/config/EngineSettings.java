package dev.torc.verticles.config;

import dev.torc.engine.WriteSync;

/**
 * The storage of a node.
 *
 * @param shards writers, each with its part of the slots: 1, 2, 4, 8 or 16
 * @param fsync when a write is on the disk
 * @param blockCacheBytes memory for blocks read from disk
 * @param memtableBytes memory for what is not yet in a sorted file
 * @param hotRecordsBytes memory for records that are used often; 0 is none
 * @param queueLimitBytes waiting for one shard, above which requests are answered with -BUSY
 * @param lowSpaceBytes with less free disk than this, writes are refused
 */
public record EngineSettings(int shards, WriteSync fsync, long blockCacheBytes, long memtableBytes,
    long hotRecordsBytes,
    long queueLimitBytes, long lowSpaceBytes) {

  public EngineSettings {
    if (shards < 1 || shards > 16 || Integer.bitCount(shards) != 1) {
      throw new ConfigException("torc.engine.shards", shards, "1, 2, 4, 8 or 16");
    }
    Allowed.bytes("torc.engine.block-cache", blockCacheBytes, 1L << 20, 1L << 40);
    Allowed.bytes("torc.engine.memtable", memtableBytes, 1L << 20, 4L << 30);
    Allowed.bytes("torc.engine.hot-records", hotRecordsBytes, 0, 64L << 30);
    Allowed.bytes("torc.engine.queue-limit", queueLimitBytes, 1L << 20, 4L << 30);
    Allowed.bytes("torc.engine.low-space", lowSpaceBytes, 0, 1L << 40);
  }

  static EngineSettings from(Settings settings, Machine machine) {
    return new EngineSettings(settings.autoOrCount("torc.engine.shards", machine.shards()),
        settings.choice("torc.engine.fsync", WriteSync.class),
        settings.autoOrBytes("torc.engine.block-cache", machine.blockCacheBytes(1)),
        settings.bytes("torc.engine.memtable"), settings.bytes("torc.engine.hot-records"),
        settings.autoOrBytes("torc.engine.queue-limit", 3 * machine.queueBytes()),
        settings.bytes("torc.engine.low-space"));
  }
}
