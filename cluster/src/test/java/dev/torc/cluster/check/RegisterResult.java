package dev.torc.cluster.check;

import dev.torc.protocol.Bytes;
import java.util.Optional;

/** What a {@link RegisterOp} answers. */
public sealed interface RegisterResult {
  /** A value, or that there is none. */
  record Found(Optional<Bytes> value) implements RegisterResult {}

  /** Whether it was done; false: nothing was changed. */
  record Applied(boolean yes) implements RegisterResult {}

  record Number(long number) implements RegisterResult {}

  /** An error that says why the value does not allow it; nothing was changed. */
  record Refused() implements RegisterResult {}
}
