package dev.torc.cluster.message;

import dev.torc.protocol.command.Level;
import java.util.Objects;

/**
 * On what terms a request is carried out.
 *
 * @param replicas N of the key, 1 … 16; 0: the ring's
 * @param timeoutMillis how long the client waits; 0: as configured
 */
public record Terms(Level level, int replicas, long timeoutMillis) {
  private static final int MAX_REPLICAS = 16;

  public Terms {
    Objects.requireNonNull(level);
    if (replicas < 0 || replicas > MAX_REPLICAS || timeoutMillis < 0) {
      throw new IllegalArgumentException("N = " + replicas + ", a timeout of " + timeoutMillis + " ms");
    }
  }

  /** At the level, with the ring's N and the configured timeout. */
  public static Terms of(Level level) {
    return new Terms(level, 0, 0);
  }

  public Terms at(Level other) {
    return new Terms(other, replicas, timeoutMillis);
  }
}
