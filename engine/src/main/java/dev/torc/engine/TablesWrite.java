package dev.torc.engine;

import org.rocksdb.RocksDBException;

/** Something to be written, or synced, while the tables are open. */
interface TablesWrite {
  void on(Tables open) throws RocksDBException;
}
