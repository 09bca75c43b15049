package dev.torc.cluster.time;

/**
 * A hybrid logical clock: follows the wall clock when it can and counts on when it cannot, so that readings of one clock only ever grow, and
 * grow beyond every reading that was folded in. What is folded in comes from other machines, and one of them may have a broken clock: a reading
 * further ahead than {@code maxSkewMillis} is refused, otherwise one bad clock would drag every clock of the cluster into the future for good.
 * The data that carried it is kept all the same; only its own key's next dot respects it.
 *
 * <p>A clock that is restarted begins above the ceiling that its predecessor had leased on disk, so that a wall clock that was set back meanwhile
 * cannot make it repeat itself.
 */
public final class HybridClock {
  private final long maxSkewMillis;
  private long last;

  /** @param floor every reading will be above this one */
  public HybridClock(long floor, long maxSkewMillis) {
    this.last = floor;
    this.maxSkewMillis = maxSkewMillis;
  }

  /** A new reading, greater than all before. */
  public long tick(Moment now) {
    last = Math.max(last + 1, Hlc.atMillis(now.wallMillis()));
    return last;
  }

  /** Takes note of somebody else's reading; false if it is too far ahead to be believed. */
  public boolean fold(long hlc, Moment now) {
    if (isTooFarAhead(hlc, now)) {
      return false;
    }
    last = Math.max(last, hlc);
    return true;
  }

  public boolean isTooFarAhead(long hlc, Moment now) {
    return Hlc.millis(hlc) > now.wallMillis() + maxSkewMillis;
  }

  /** The greatest reading given out or folded in so far. */
  public long last() {
    return last;
  }
}
