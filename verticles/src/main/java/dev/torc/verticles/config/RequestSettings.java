package dev.torc.verticles.config;

/**
 * The patience of a request.
 *
 * @param timeoutMillis after which it is answered with an error
 * @param maxTimeoutMillis the longest that a request may ask for itself; what must outlast every request outlasts that
 * @param speculateAfterMillis after which a read asks one more replica
 * @param maxInFlight requests in progress per event loop, above which they are answered with -BUSY
 */
public record RequestSettings(long timeoutMillis, long maxTimeoutMillis, long speculateAfterMillis, int maxInFlight) {
  private static final long LONGEST_MILLIS = 600_000;

  public RequestSettings {
    Allowed.millis("torc.request.timeout", timeoutMillis, 10, LONGEST_MILLIS);
    Allowed.millis("torc.request.max-timeout", maxTimeoutMillis, timeoutMillis, LONGEST_MILLIS);
    Allowed.millis("torc.request.speculate-after", speculateAfterMillis, 0, timeoutMillis);
    Allowed.count("torc.request.max-in-flight", maxInFlight, 1, 10_000_000);
  }

  static RequestSettings from(Settings settings) {
    return new RequestSettings(settings.millis("torc.request.timeout"), settings.millis("torc.request.max-timeout"),
        settings.millis("torc.request.speculate-after"), settings.count("torc.request.max-in-flight"));
  }
}
