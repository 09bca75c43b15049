package dev.torc.cluster.storage;

/**
 * How far a replica may be believed about a slot. One that may have lost what it had acknowledged is <em>catching up</em>: as long as it lacks records it takes
 * writes, but what it tells does not count where a quorum is meant, since a write that it acknowledged may be missing. As long as it lacks what it promised and
 * accepted as an acceptor it takes no part in strong operations.
 *
 * @param since the store's era ({@link StepContext#era}) in which that came about; 0: the replica is whole
 */
public record Wholeness(long since, boolean lacksRecords, boolean lacksPromises) {
  public static final Wholeness WHOLE = new Wholeness(0, false, false);

  public Wholeness {
    if (since < 0 || (since > 0) != (lacksRecords || lacksPromises)) {
      throw new IllegalArgumentException("catching up since era " + since);
    }
  }

  /** After another loss, in a new era. */
  public Wholeness forget(long era, boolean promises) {
    return new Wholeness(era, true, lacksPromises || promises);
  }

  public boolean isWhole() { return since == 0; }
}
