package dev.torc.cluster.membership;

import dev.torc.cluster.time.Moment;

/**
 * This node's own pauses, such as a long collection, a stopped process or a closed lid. Who slept has heard nobody, and that says nothing of the others. So the detector
 * goes by the time that this node was awake; and who slept for long, or hears less than half of those whom it watches, has reason to doubt himself and votes
 * against nobody for a while.
 *
 * <p>The complication is a machine that is suspended: its steady clock stands still with it, and only the time of day tells. A clock that somebody sets forward looks the same; then a node says nothing
 * of others for some seconds without need.
 */
final class OwnPauses {
  /** The shell ticks some ten times a second: nothing for longer than this is a pause. */
  private static final int NOTICED_MILLIS = 500;
  private static final int LONG_MILLIS = 2_000;
  private static final int SILENCE_MILLIS = 10_000;

  private Moment last;
  private long sleptMillis;
  private long silentUntilMillis = Long.MIN_VALUE;

  /** Now, in milliseconds that this node was awake. To be asked at every event. */
  long awake(Moment now) {
    long gap = last == null ? 0 : now.steadyMillis() - last.steadyMillis();
    long suspended = last == null ? 0 : now.wallMillis() - last.wallMillis() - gap;
    last = now;
    if (gap > NOTICED_MILLIS) {
      sleptMillis += gap;
    }
    long awake = now.steadyMillis() - sleptMillis;
    if (gap > LONG_MILLIS || suspended > LONG_MILLIS) {
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
