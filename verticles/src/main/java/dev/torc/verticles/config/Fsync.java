package dev.torc.verticles.config;

/** When a write is on the disk; a killed process loses nothing in any case. */
public enum Fsync {
  /** Before its answer, many writes at a time. */
  ALWAYS,
  /** At most a second after its answer. */
  EVERYSEC,
  /** When the system likes. */
  NO
}
