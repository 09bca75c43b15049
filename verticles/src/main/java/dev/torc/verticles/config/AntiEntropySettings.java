package dev.torc.verticles.config;

/**
 * How replicas are compared and repaired in the background.
 *
 * @param intervalMillis between two comparisons with the same peer
 * @param maxBytesPerSecond that repairs may move, about
 * @param rebuildEveryMillis how often all records are read again, to see whether the disk still says what was written
 */
public record AntiEntropySettings(long intervalMillis, long maxBytesPerSecond, long rebuildEveryMillis) {

  public AntiEntropySettings {
    Allowed.millis("torc.antientropy.interval", intervalMillis, 100, 3_600_000);
    Allowed.bytes("torc.antientropy.max-bytes-per-second", maxBytesPerSecond, 64L << 10, 1L << 30);
    Allowed.millis("torc.antientropy.rebuild-every", rebuildEveryMillis, 60_000, 365L * 24 * 3_600_000);
  }

  static AntiEntropySettings from(Settings settings) {
    return new AntiEntropySettings(settings.millis("torc.antientropy.interval"),
        settings.bytes("torc.antientropy.max-bytes-per-second"), settings.millis("torc.antientropy.rebuild-every"));
  }
}
