package dev.torc.verticles.config;

/**
 * When deletions are forgotten.
 *
 * @param graceMillis how old they must be at least
 * @param intervalMillis how often is looked
 */
public record ReapingSettings(long graceMillis, long intervalMillis) {
  /** A copy of an earlier write is refused by then, however long it was under way and however the clocks differ. */
  private static final int TIMEOUTS = 3;

  /** @param maxTimeoutMillis that any request may last */
  static ReapingSettings from(Settings settings, long maxTimeoutMillis, long maxSkewMillis) {
    long grace = settings.millis("torc.reaping.grace");
    long least = TIMEOUTS * maxTimeoutMillis + 2 * maxSkewMillis;
    Allowed.millis("torc.reaping.grace", grace, least, 365L * 24 * 3_600_000);
    long interval = settings.millis("torc.reaping.interval");
    Allowed.millis("torc.reaping.interval", interval, 1_000, 24 * 3_600_000L);
    return new ReapingSettings(grace, interval);
  }
}
