package dev.torc.cluster.storage;

import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;

/** What a step may know of the store that it runs in. */
public interface StepContext {

  /** The identity under which this replica stamps versions in the slot, minted on first use. */
  long actor(int slot);

  HybridClock clock();

  Moment now();
}
