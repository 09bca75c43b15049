package dev.torc.verticles.config;

/**
 * How many concurrent values a key may have.
 *
 * @param warn so many are counted in a metric
 * @param max a write that adds one more is refused
 * @param maxBytes of their values together
 */
public record SiblingSettings(int warn, int max, long maxBytes) {

  public SiblingSettings {
    Allowed.count("torc.siblings.warn", warn, 2, 10_000);
    Allowed.count("torc.siblings.max", max, 2, 10_000);
    Allowed.bytes("torc.siblings.max-bytes", maxBytes, 1L << 10, 1L << 30);
  }

  /** @param maxBulkBytes of one value */
  static SiblingSettings from(Settings settings, long maxBulkBytes) {
    return new SiblingSettings(settings.count("torc.siblings.warn"), settings.count("torc.siblings.max"),
        settings.autoOrBytes("torc.siblings.max-bytes", Math.min(1L << 30, maxBulkBytes + maxBulkBytes / 2)));
  }
}
