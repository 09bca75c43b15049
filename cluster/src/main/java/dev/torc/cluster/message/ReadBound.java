package dev.torc.cluster.message;

import dev.torc.cluster.version.Context;
import java.util.Objects;

/**
 * What an answer must not be older than, beside its level.
 *
 * @param after the answer has seen all of this
 * @param maxStaleMillis the answer has seen all that was acknowledged by a quorum until so long ago; {@link #ANY_AGE}: no matter
 * @param latestOnly of concurrent values only the latest is wanted; the others are superseded
 */
public record ReadBound(Context after, long maxStaleMillis, boolean latestOnly) {
  public static final long ANY_AGE = -1;
  public static final ReadBound NONE = new ReadBound(Context.NOTHING, ANY_AGE, false);

  public ReadBound {
    Objects.requireNonNull(after);
    if (maxStaleMillis < ANY_AGE) {
      throw new IllegalArgumentException("a bound of " + maxStaleMillis + " ms");
    }
  }
}
