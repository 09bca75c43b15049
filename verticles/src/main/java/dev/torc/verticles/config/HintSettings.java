package dev.torc.verticles.config;

/**
 * What is held for replicas that cannot be reached.
 *
 * @param afterMillis a replica silent for so long is taken for one that cannot be reached, as far as one write goes
 * @param maxAgeMillis hints to which nothing was added for so long go to another replica of the key
 * @param maxBytes of all hints together; {@link #AUTO}: a tenth of the disk
 */
public record HintSettings(long afterMillis, long maxAgeMillis, long maxBytes) {

  public static final long AUTO = -1;

  public HintSettings {
    Allowed.millis("torc.hint.after", afterMillis, 1, 600_000);
    Allowed.millis("torc.hint.max-age", maxAgeMillis, 1_000, 7 * 86_400_000L);
    if (maxBytes != AUTO) {
      Allowed.bytes("torc.hint.max-bytes", maxBytes, 1L << 20, 1L << 50);
    }
  }

  static HintSettings from(Settings settings) {
    return new HintSettings(settings.millis("torc.hint.after"), settings.millis("torc.hint.max-age"),
        settings.autoOrBytes("torc.hint.max-bytes", AUTO));
  }
}
