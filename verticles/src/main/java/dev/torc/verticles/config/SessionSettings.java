package dev.torc.verticles.config;

/**
 * Sessions of clients.
 *
 * @param maxAgeMillis how old a token may be with which a session is resumed
 */
public record SessionSettings(long maxAgeMillis) {

  public SessionSettings {
    Allowed.millis("torc.session.max-age", maxAgeMillis, 1_000, 24 * 3_600_000L);
  }

  static SessionSettings from(Settings settings) {
    return new SessionSettings(settings.millis("torc.session.max-age"));
  }
}
