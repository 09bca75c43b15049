package dev.torc.engine;

/** How the disk does. */
public enum DiskState {
  OK,
  /** Nearly full: writes are refused before RocksDB meets the end of the disk. */
  LOW_SPACE,
  /** A write failed: writes are refused until the database could be opened again. */
  FAILED,
  CLOSED
}
