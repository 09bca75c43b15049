package dev.torc.engine;

/**
 * Told when the records of a slot are not what they should be: by the shard's own thread, while it reads all of them anew after an unclean stop or now and then. It only
 * passes it on.
 */
interface SlotFindings {

  /** The disk does not give back what was written; the slot's trees are not known until it does. */
  void onUnreadable(int slot, Exception cause);

  /** All could be read, but it is not what the writes since the start have made of it: the disk, or the memory, has changed by itself. The disk's word stands. */
  void onDifference(int slot);
}
