package dev.torc.cluster.storage;

/**
 * The port to what a store knows of its slots beside their records. Asked by any thread. It does <b>not</b> promise that an answer is the latest: a slot that was whole
 * a moment ago may not be any more.
 */
public interface SlotStates {
  Wholeness wholeness(int slot);

  /**
   * Whether the store still looks for what it lacks of the slot in a damaged database of its own: as long as it does the slot is not whole, and nobody need begin to
   * make it so.
   */
  default boolean awaitsSalvage(int slot) {
    return false;
  }

  /** Whether there is any slot that is not whole. */
  boolean isCatchingUp();
}
