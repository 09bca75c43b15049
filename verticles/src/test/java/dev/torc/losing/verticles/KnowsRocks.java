package dev.torc.losing.verticles;

import org.rocksdb.RocksDB;

final class KnowsRocks {
  RocksDB rocks;
}
