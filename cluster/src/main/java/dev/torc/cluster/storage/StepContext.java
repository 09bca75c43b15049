package dev.torc.cluster.storage;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;

/** What a step may know of the store that it runs in. */
public interface StepContext {
  long FIRST_ERA = 1;

  /** The identity under which this replica stamps versions in the slot, minted on first use. */
  long actor(int slot);

  /** An identity that nobody has had before, and that whoever asked for it has to remember himself. Never 0. */
  long freshActor();

  /**
   * Counts how often this store may have forgotten what it had acknowledged, from {@link #FIRST_ERA}: it grows with every start after which unsynced
   * writes may be missing.
   */
  long era();

  /** How far this replica may be believed about the slot. */
  Wholeness wholeness(int slot);

  /** No round at or below it is taken part in, for any key of the slot; {@link Ballot#NONE}: nobody asked for that. */
  Ballot floor(int slot);

  HybridClock clock();

  Moment now();
}
