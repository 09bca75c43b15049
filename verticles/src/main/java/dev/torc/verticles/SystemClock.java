package dev.torc.verticles;

import dev.torc.cluster.time.Moment;

/** The only reader of time. */
public final class SystemClock {
  private SystemClock() {}

  public static Moment now() {
    return new Moment(System.nanoTime() / 1_000_000, System.currentTimeMillis());
  }
}
