package dev.torc.verticles;

import dev.torc.cluster.time.Moment;

/** The only reader of time. */
public final class SystemClock {
  private SystemClock() {}

  /** Steady time in nanoseconds, to measure durations with. */
  public static long nanos() {
    return System.nanoTime();
  }

  public static Moment now() {
    return new Moment(nanos() / 1_000_000, System.currentTimeMillis());
  }
}
