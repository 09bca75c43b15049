package dev.torc.verticles.cli;

import dev.torc.verticles.SystemClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for a condition, looked at every so often, until it holds, time is up or someone ends the wait. */
final class Patience {

  private static final long LOOK_MILLIS = 100;

  private final CountDownLatch ended = new CountDownLatch(1);

  /** Whether the condition held in time. */
  boolean until(BooleanSupplier condition, Duration limit) {
    long begin = SystemClock.nanos();
    while (!condition.getAsBoolean()) {
      if (SystemClock.nanos() - begin > limit.toNanos() || rest(LOOK_MILLIS)) {
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  /** Rests; whether someone ended the wait meanwhile. */
  boolean rest(long millis) {
    try {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void end() {
    ended.countDown();
  }
}
