package dev.torc.verticles.config;

/**
 * The patience of a request.
 *
 * @param timeoutMillis after which it is answered with an error
 * @param speculateAfterMillis after which a read asks one more replica
 * @param maxInFlight requests in progress per event loop, above which they are answered with -BUSY
 */
public record RequestSettings(long timeoutMillis, long speculateAfterMillis, int maxInFlight) {

  public RequestSettings {
    Allowed.millis("torc.request.timeout", timeoutMillis, 10, 600_000);
    Allowed.millis("torc.request.speculate-after", speculateAfterMillis, 0, timeoutMillis);
    Allowed.count("torc.request.max-in-flight", maxInFlight, 1, 10_000_000);
  }

  static RequestSettings from(Settings settings) {
    return new RequestSettings(settings.millis("torc.request.timeout"), settings.millis("torc.request.speculate-after"),
        settings.count("torc.request.max-in-flight"));
  }
}
