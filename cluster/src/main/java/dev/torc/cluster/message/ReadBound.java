package dev.torc.cluster.message;

import dev.torc.cluster.version.Context;
import java.util.Objects;

/**
 * What an answer must not be older than, beside its level.
 *
 * @param after the answer has seen all of this
 * @param maxStaleMillis the answer has seen all that was acknowledged by a quorum until so long ago; {@link #ANY_AGE}: no matter
 * @param latestOnly of concurrent values only the latest is wanted; the others are superseded
 * @param provesReaped the answers of so many replicas, none of which has seen {@code after}, prove that this was deleted and reaped, so that the answer comes after it all the same; 0: no
 *        number does
 */
public record ReadBound(Context after, long maxStaleMillis, boolean latestOnly, int provesReaped) {
  public static final long ANY_AGE = -1;
  public static final ReadBound NONE = new ReadBound(Context.NOTHING, ANY_AGE, false);

  public ReadBound {
    Objects.requireNonNull(after);
    if (maxStaleMillis < ANY_AGE || provesReaped < 0) {
      throw new IllegalArgumentException("a bound of " + maxStaleMillis + " ms, " + provesReaped + " replicas");
    }
  }

  public ReadBound(Context after, long maxStaleMillis, boolean latestOnly) {
    this(after, maxStaleMillis, latestOnly, 0);
  }
}
