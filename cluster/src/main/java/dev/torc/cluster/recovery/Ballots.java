package dev.torc.cluster.recovery;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.time.Moment;
import java.util.random.RandomGenerator;

/**
 * Ballots of this node's that are above all that it may ever have promised. What it promised before it started came of others' clocks, which may be ahead of its own by as much
 * as clocks may differ, and may have followed others as far ahead again. So twice as long after the start this node's own clock is above all that.
 */
final class Ballots {
  private long last;
  private long process;

  Ballots(long hlcFloor) {
    this.last = hlcFloor;
  }

  /** How long to wait after the start, or after the loss. */
  static long waitMillis(long maxSkewMillis) {
    return 2 * maxSkewMillis;
  }

  /** @param above which it must be, too */
  Ballot next(Ballot above, Moment now, RandomGenerator random) {
    while (process == 0) {
      process = random.nextLong();
    }
    last = Math.max(Math.max(last, above.counter()) + 1, Hlc.atMillis(now.wallMillis()));
    return new Ballot(last, process);
  }
}
