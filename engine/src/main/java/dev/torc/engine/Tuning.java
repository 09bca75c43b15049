package dev.torc.engine;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;

/** RocksDB's options, and the native memory behind them; closed after the database. */
final class Tuning implements AutoCloseable {
  private static final long MEGABYTE = 1 << 20;
  private static final int BLOOM_BITS = 10;
  private static final int BLOCK_BYTES = 4 << 10;
  private static final int OPEN_FILES = 512;
  /** Larger values live in files of their own, which compaction does not copy again and again. */
  private static final int BLOB_BYTES = 64 << 10;

  /** Of the memtable's bytes, for a filter of its own. */
  private static final double MEMTABLE_BLOOM = 0.05;

  private final LRUCache blockCache;
  private final BloomFilter bloom = new BloomFilter(BLOOM_BITS, false);
  private final List<ColumnFamilyDescriptor> families = new ArrayList<>();
  private final DBOptions options;

  Tuning(EngineConfig config) {
    blockCache = new LRUCache(config.blockCacheBytes());
    for (var table : Table.values()) {
      families.add(new ColumnFamilyDescriptor(table.familyName(), family(table, config)));
    }
    options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true).setParanoidChecks(true)
        .setMaxOpenFiles(OPEN_FILES)
        .setMaxBackgroundJobs(Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4))
        .setDbWriteBufferSize(config.memtableBytes()).setMaxTotalWalSize(4 * config.memtableBytes())
        .setBytesPerSync(MEGABYTE).setWalBytesPerSync(MEGABYTE).setAvoidUnnecessaryBlockingIO(true)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL).setMaxLogFileSize(4 * MEGABYTE).setKeepLogFileNum(2)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  DBOptions options() {
    return options;
  }

  List<ColumnFamilyDescriptor> families() {
    return families;
  }

  @Override
  public void close() {
    options.close();
    families.forEach(family -> family.getOptions().close());
    bloom.close();
    blockCache.close();
  }

  private ColumnFamilyOptions family(Table table, EngineConfig config) {
    var blocks = new BlockBasedTableConfig().setBlockCache(blockCache).setFilterPolicy(bloom).setWholeKeyFiltering(true)
        .setBlockSize(BLOCK_BYTES).setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true).setPinL0FilterAndIndexBlocksInCache(true)
        .setFormatVersion(5).setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash);
    var family = new ColumnFamilyOptions().setTableFormatConfig(blocks)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
        .setWriteBufferSize(Math.max(MEGABYTE, config.memtableBytes() / 2)).setMaxWriteBufferNumber(3);
    if (table == Table.RECORDS || table == Table.ACCEPTORS || table == Table.HINTS) {
      family.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM).setMemtableWholeKeyFiltering(true).setEnableBlobFiles(true)
          .setMinBlobSize(BLOB_BYTES)
          .setBlobCompressionType(CompressionType.LZ4_COMPRESSION).setEnableBlobGarbageCollection(true);
    }
    return family;
  }
}
