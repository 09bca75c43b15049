package dev.torc.engine;

/** What a store may have lost of what it acknowledged, as far as the node around it can tell before the database is open. */
enum Forgotten {
  NOTHING,
  /** Records of the last moments, though nothing that was synced. */
  WRITES,
  /** Anything, promises to proposers included: the directory is an empty one, an older copy, or was set aside. */
  EVERYTHING
}
