package dev.torc.engine;

/** When a write is on disk, not just in the kernel's hands. A killed process loses nothing under any of them; a power cut does. */
public enum WriteSync {
  /** Before it is answered: one fsync for all writes of a batch (group commit). */
  ALWAYS,
  /** Within a second: a power cut may take the last one. */
  EVERYSEC,
  /** When the kernel likes. */
  NO
}
