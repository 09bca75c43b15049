package dev.torc.cluster.change;

import dev.torc.protocol.Bytes;
import java.util.Objects;
import java.util.Optional;

/** What a {@link Change} came to. Small, unless it holds a value: it is kept with the key until nobody can ask for it again. */
public sealed interface ChangeResult
    permits ChangeResult.Done, ChangeResult.Number, ChangeResult.Text, ChangeResult.Refused, IntentResult {

  /** Bytes of the value that it holds. */
  default long valueBytes() {
    return 0;
  }

  /**
   * Of what has a condition.
   *
   * @param isDone whether the condition held
   * @param value as the change says: the one before, or none
   */
  record Done(boolean isDone, Optional<Bytes> value) implements ChangeResult {
    public Done {
      Objects.requireNonNull(value);
    }

    @Override
    public long valueBytes() {
      return value.map(Bytes::size).orElse(0);
    }
  }

  /** A sum, or a length. */
  record Number(long number) implements ChangeResult {}

  /** A sum of decimals. */
  record Text(Bytes text) implements ChangeResult {}

  /**
   * The value is not one of which the change can be made; nothing was changed.
   *
   * @param error as Redis says it, its code included
   */
  record Refused(String error) implements ChangeResult {}
}
