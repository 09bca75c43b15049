package dev.torc.cluster.membership;

/**
 * This node's own pauses, such as a long collection, a stopped process or a closed lid. Who slept has heard nobody, and that says nothing of the others. So the detector
 * goes by the time that this node was awake; and who slept for long, or hears less than half of those whom it watches, has reason to doubt himself and votes
 * against nobody for a while.
 */
final class OwnPauses {
  /** The shell ticks some ten times a second: nothing for longer than this is a pause. */
  private static final int NOTICED_MILLIS = 500;
  private static final int LONG_MILLIS = 2_000;
  private static final int SILENCE_MILLIS = 10_000;

  private boolean started;
  private long lastMillis;
  private long sleptMillis;
  private long silentUntilMillis = Long.MIN_VALUE;

  /** Now, in milliseconds that this node was awake. To be asked at every event. */
  long awake(long steadyMillis) {
    long gap = started ? steadyMillis - lastMillis : 0;
    started = true;
    lastMillis = steadyMillis;
    if (gap > NOTICED_MILLIS) {
      sleptMillis += gap;
    }
    long awake = steadyMillis - sleptMillis;
    if (gap > LONG_MILLIS) {
      onDoubt(awake);
    }
    return awake;
  }

  void onDoubt(long awakeMillis) {
    silentUntilMillis = awakeMillis + SILENCE_MILLIS;
  }

  boolean mayVote(long awakeMillis) {
    return awakeMillis >= silentUntilMillis;
  }
}
