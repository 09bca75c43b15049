package dev.torc.compat.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition, with a deadline. */
public final class Eventually {
  private static final long PAUSE_NANOS = 10_000_000;

  /** A condition that may fail to be asked at all, while what it asks is not there yet. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  private Eventually() {}

  /** @throws AssertionError when the condition does not hold within the limit; the last failure to ask is its cause */
  public static void that(String what, Duration limit, Condition condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    Exception last = null;
    do {
      try {
        if (condition.holds()) {
          return;
        }
        last = null;
      } catch (Exception notYet) {
        last = notYet;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    } while (System.nanoTime() < deadline);
    throw new AssertionError("not within " + limit.toMillis() + " ms: " + what, last);
  }

  /** Lets time pass that is itself what is tested: a hang of five seconds takes five seconds. */
  public static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
